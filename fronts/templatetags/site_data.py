"""Data for search engines about the site, and about pages right below its home page."""

from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.template import Context
from django.utils.encoding import escape_uri_path
from django.utils.safestring import SafeString

from articles.structured_data import breadcrumb_list
from articles.templatetags.linked_data import linked_data
from fronts.breadcrumbs import Step
from fronts.structured_data import organisation, website

register = template.Library()


@register.simple_tag(takes_context=True)
def site_data(context: Context) -> SafeString:
    """The site and its newsroom, with what the frame of every page knows of them."""
    identity, name = context["site_identity"], context["site_name"]
    accounts = context.get("follow_blocks", [])
    return linked_data(website(identity, name)) + linked_data(
        organisation(identity, name, accounts)
    )


@register.simple_tag(takes_context=True)
def breadcrumb_data(context: Context, name: str) -> SafeString:
    """The way to the page at hand: home, and itself."""
    path = escape_uri_path(context["request"].path)
    return linked_data(breadcrumb_list([Step(name, path)]))


@register.simple_tag
def site_domain() -> str:
    """The host that readers know the site by."""
    return urlsplit(settings.SITE_URL).hostname or ""
