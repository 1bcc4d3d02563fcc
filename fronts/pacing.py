"""How often somebody without an account may do a thing. No address is kept."""

import ipaddress
import math

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


class TooOften(Exception):  # noqa: N818  an answer, not an error
    """`seconds`: when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def take_turn(
    request: HttpRequest, act: str, *, most: int, window: int, now: float
) -> None:
    """Count one act of whoever asks; raise TooOften after `most` in `window` seconds.

    Each act holds one of `most` places in the default cache for that long. A cache in
    memory counts for each process by itself. `now` is in seconds since the epoch.
    """
    salt = f"fronts.pacing.{act}"
    who = salted_hmac(salt, _network(request), algorithm="sha256").hexdigest()
    places = [f"pace:{act}:{who}:{number}" for number in range(most)]
    # Adding is one step in every cache: two requests never get the same place.
    if any(cache.add(place, now, window) for place in places):
        return
    taken = cache.get_many(places).values()
    ends = min(taken, default=now) + window
    raise TooOften(min(window, max(1, math.ceil(ends - now))))


def _network(request: HttpRequest) -> str:
    """Where the request comes from: an address, or the network of one of version 6,
    since one line has more of those than there are places to count them."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # The last entry is the proxy's own; whatever stands before it, anybody may write.
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = forwarded.rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        parsed = parsed.ipv4_mapped or parsed
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 64), strict=False))
