"""How editors type tags: 乡村振兴，党建、民生 is three."""

import re
from collections.abc import Iterable

_SEPARATORS = re.compile(r"[,，、;；\n\r]+")


def split_tags(text: str) -> list[str]:
    """Tag names in the order typed, without # marks, blanks, bare punctuation or repeats."""
    names = (
        part.strip().strip("#＃").strip() for part in _SEPARATORS.split(text or "")
    )
    return list(dict.fromkeys(name for name in names if any(map(str.isalnum, name))))


def join_tags(tags: Iterable) -> str:
    """The text an editor sees in the field; `split_tags` reads it back."""
    return "、".join(tag.name for tag in tags)
