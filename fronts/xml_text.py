"""What XML may hold."""

import re

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def fit_for_xml(text: str) -> str:
    """Without the characters that no XML may hold, not even as references: one of them in
    a title would make a whole file unreadable."""
    return _NOT_IN_XML.sub("", text)
