"""WSGI entry point, served by granian (gunicorn works too)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinxi_portal.settings")

application = get_wsgi_application()
