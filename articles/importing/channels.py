"""Which channel of the portal a page's path of channels leads to."""

import hashlib
import re
from collections.abc import Sequence

from channels.models import Channel

ROOT_NAME = "导入"
ROOT_SLUG = "imported"
_LONGEST = 30  # characters, as in Channel.name
# Nodes that say where a page stands on any site, and names of whole sites.
_NO_CHANNEL = re.compile(
    r"^(?:网站|.{0,6})?首页$|^正文$|^(?:文章|新闻|信息)?(?:详情|内容|正文|浏览)$|^(?:返回|当前|您的).*|^.{1,8}[网站]$"
    r"|门户|\.(?:com|cn|net|org)|政府$|\d{4}年"
)


def channel_for(nodes: Sequence[str]) -> Channel:
    """The channel named like the last telling node; made under 导入 if there is none.

    Without a telling node it is 导入 itself, which readers do not meet in the
    navigation: editors move the stories from there.
    """
    name = next((node for node in reversed(nodes) if _is_channel(node)), "")
    if not name:
        return _root()
    existing = (
        Channel.objects.holding_articles().filter(name=name).order_by("pk").first()
    )
    return existing or _make(name, f"{ROOT_SLUG}-{_digest(name)}", _root())


def _is_channel(node: str) -> bool:
    return len(node) <= _LONGEST and not _NO_CHANNEL.search(node)


def _root() -> Channel:
    return Channel.objects.filter(slug=ROOT_SLUG).first() or _make(
        ROOT_NAME, ROOT_SLUG, None
    )


def _make(name: str, slug: str, parent: Channel | None) -> Channel:
    existing = Channel.objects.filter(slug=slug).first()
    return existing or Channel.objects.create(
        name=name, slug=slug, parent=parent, in_navigation=False
    )


def _digest(name: str) -> str:
    """Eight characters that stay the same for a name: slugs need letters and digits."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]
