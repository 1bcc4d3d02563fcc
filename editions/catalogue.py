"""The four script editions that the site is read in."""

from dataclasses import dataclass
from typing import Final, Literal

EditionCode = Literal["zh-hans", "zh-hant", "zh-tw", "zh-hk"]
Script = Literal["zh-Hans", "zh-Hant"]

HANS: Final = "zh-Hans"
HANT: Final = "zh-Hant"


@dataclass(frozen=True, slots=True)
class Edition:
    """One script and region in which every public page can be read.

    `prefix` is the first part of the path, empty for the default edition. `lang` is
    what `<html lang>` and `Content-Language` say. `label` is written in the edition's
    own script and is never converted.
    """

    code: EditionCode
    prefix: str
    lang: str
    hreflang: str
    label: str
    og_locale: str
    script: Script


EDITIONS: Final = (
    Edition("zh-hans", "", "zh-Hans", "zh-Hans", "简体", "zh_CN", "zh-Hans"),
    Edition("zh-hant", "zh-hant", "zh-Hant", "zh-Hant", "繁體", "zh_TW", "zh-Hant"),
    Edition("zh-tw", "zh-tw", "zh-Hant-TW", "zh-Hant-TW", "臺灣", "zh_TW", "zh-Hant"),
    Edition("zh-hk", "zh-hk", "zh-Hant-HK", "zh-Hant-HK", "香港", "zh_HK", "zh-Hant"),
)
DEFAULT: Final = EDITIONS[0]

_BY_CODE = {edition.code: edition for edition in EDITIONS}
_BY_PREFIX = {edition.prefix: edition for edition in EDITIONS if edition.prefix}


def by_code(code: str) -> Edition:
    """Raise KeyError for a code that no edition has."""
    return _BY_CODE[code]  # type: ignore[index]


def by_prefix(prefix: str) -> Edition | None:
    """Find the edition whose path prefix this is; the empty prefix is no prefix."""
    return _BY_PREFIX.get(prefix)
