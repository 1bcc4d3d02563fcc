"""Telling robots from readers, as far as they say so."""

import re

from django.http import HttpRequest

_ROBOTS = re.compile(
    r"bot|crawl|spider|slurp|headless|lighthouse|preview", re.IGNORECASE
)


def is_robot(request: HttpRequest) -> bool:
    """Whether nobody reads: no browser's name, or that of a robot."""
    agent = request.headers.get("User-Agent", "")
    return not agent or bool(_ROBOTS.search(agent))
