"""WSGI entry point, served by granian (gunicorn works too)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")

application = get_wsgi_application()

# After the line above: the check needs Django to be set up.
from jinxi_portal.checks import refuse_unsafe_databases  # noqa: E402

refuse_unsafe_databases()
