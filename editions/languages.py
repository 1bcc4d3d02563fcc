"""What a `lang` attribute says about text: which Chinese script, or another language."""

from enum import Enum, auto

_SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg", "zh-my", "cmn-hans")
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "cmn-hant")
_UNDECIDED = ("", "zh", "cmn")


class Written(Enum):
    SIMPLIFIED = auto()
    TRADITIONAL = auto()
    UNDECIDED = auto()
    FOREIGN = auto()


def written_in(lang: str) -> Written:
    """Classify a language tag; a region or variant after a known tag changes nothing."""
    tag = lang.strip().lower().replace("_", "-")
    if tag in _UNDECIDED:
        return Written.UNDECIDED
    for known, meaning in (
        (_SIMPLIFIED, Written.SIMPLIFIED),
        (_TRADITIONAL, Written.TRADITIONAL),
    ):
        if any(tag == prefix or tag.startswith(f"{prefix}-") for prefix in known):
            return meaning
    return Written.FOREIGN
