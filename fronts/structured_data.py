"""JSON-LD of the home page: the site, and the newsroom that runs it (schema.org WebSite,
NewsMediaOrganization)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from articles.structured_data import absolute
from fronts.icons import SHAPES, icon_path
from fronts.models import FollowBlock, SiteIdentity


def website(identity: SiteIdentity, name: str) -> dict[str, Any]:
    """`name` is the site's name in the edition at hand. No query."""
    home = absolute(reverse("fronts:home"))
    search = absolute(reverse("search:search"))
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": name,
            "url": home,
            "description": identity.tagline,
            "inLanguage": "zh-Hans",
            "potentialAction": {
                "@type": "SearchAction",
                "target": {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{search}?q={{search_term_string}}",
                },
                "query-input": "required name=search_term_string",
            },
        }
    )


def organisation(
    identity: SiteIdentity, name: str, accounts: Iterable[FollowBlock]
) -> dict[str, Any]:
    """The newsroom as it says of itself. `accounts` are its pages elsewhere. No query."""
    side = SHAPES["512"].size
    contact = _filled({"telephone": identity.phone, "email": identity.email})
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "NewsMediaOrganization",
            "name": name,
            "url": absolute(reverse("fronts:home")),
            "logo": {
                "@type": "ImageObject",
                "url": absolute(icon_path(identity, "512")),
                "width": side,
                "height": side,
            },
            "description": identity.tagline,
            **contact,
            "address": _typed("PostalAddress", streetAddress=identity.address),
            "contactPoint": _typed("ContactPoint", **contact)
            | ({"contactType": "customer service"} if contact else {}),
            "parentOrganization": _typed("Organization", name=identity.organiser),
            "sameAs": [account.url for account in accounts if account.url],
            "correctionsPolicy": absolute(reverse("fronts:corrections")),
            "actionableFeedbackPolicy": absolute(reverse("fronts:report")),
        }
    )


def _typed(kind: str, **values: str) -> dict[str, Any]:
    """Something of this type; nothing if nothing is known of it."""
    known = _filled(values)
    return {"@type": kind, **known} if known else {}


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", [], {})}
