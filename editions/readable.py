"""Which attributes of a tag hold text for people."""

from typing import Final

from editions.markup import Token, attribute_values

_READABLE_ATTRIBUTES: Final = frozenset(
    [
        "alt",
        "title",
        "placeholder",
        "label",
        "abbr",
        "aria-label",
        "aria-description",
        "aria-placeholder",
        "aria-roledescription",
        "aria-valuetext",
        "data-title",
        "data-caption",
    ]
)
_READABLE_META: Final = frozenset(
    [
        "description",
        "keywords",
        "author",
        "news_keywords",
        "application-name",
        "apple-mobile-web-app-title",
        "og:title",
        "og:description",
        "og:site_name",
        "og:image:alt",
        "twitter:title",
        "twitter:description",
        "twitter:image:alt",
        "article:section",
        "article:tag",
        "article:author",
        # Of government sites: what describes the page. The name of the site and the type
        # of a column stand as they were registered.
        "columnname",
        "columndescription",
        "columnkeywords",
        "articletitle",
        "contentsource",
    ]
)
_BUTTON_TYPES = frozenset({"submit", "button", "reset"})


def attributes_to_convert(
    markup: str, token: Token, *, is_readable: bool
) -> frozenset[str]:
    """Names of the attributes of this start tag that conversion has to look at.

    `is_readable` says whether text inside the element is converted. The names of the
    page's language count in any case.
    """
    if token.name == "html":
        return frozenset({"lang", "xml:lang"})
    if token.name == "meta":
        return _of_meta(markup, token, is_readable=is_readable)
    tag = markup[token.start : token.end]
    if not is_readable or (tag.isascii() and "&#" not in tag):
        return frozenset()
    if token.name == "input":
        input_type = attribute_values(markup, token).get("type", "").strip().lower()
        if input_type in _BUTTON_TYPES:
            return _READABLE_ATTRIBUTES | {"value"}
    return _READABLE_ATTRIBUTES


def _of_meta(markup: str, token: Token, *, is_readable: bool) -> frozenset[str]:
    given = attribute_values(markup, token)
    key = given.get("name") or given.get("property") or given.get("itemprop") or ""
    is_locale = key.strip().lower() == "og:locale"
    is_text = is_readable and key.strip().lower() in _READABLE_META
    return frozenset({"content"} if is_locale or is_text else ())
