"""Properties of page conversion on generated pages: what it must never touch."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from editions.catalogue import by_code
from editions.conversion import convert
from editions.pages import convert_page
from editions.terms import CompiledGlossary, TermEntry

TAIWAN = by_code("zh-tw")
# An edition whose names are those that the pages have already.
SAME = replace(TAIWAN, lang="zh-Hans", og_locale="zh_CN")
QUICK = settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

ADDRESS = "https://例子.cn/后/干部?a=1"
MAILBOX = "hou@干部.cn"
WORDS = st.sampled_from(
    [
        "后台干部",
        "头发",
        "发展",
        "余先生说：“面条”",
        "恩里克·范尼",
        "三只",
        f" {ADDRESS} ",
        f" {MAILBOX} ",
        "&amp;",
        "&lt;后&gt;",
        "&nbsp;",
        "1 < 2 > 0",
        "AT&T",
        "\n  ",
        "\r\n",
        "\t",
        "café 🙂",
        "葛󠄀",
        "'\"`",
        "",
    ]
)
TEXT = st.lists(WORDS, max_size=3).map("".join)
PLAIN = st.sampled_from(["后台", "干部 面条", "x", "", "/新闻/后/?q=干&p=1", "a-b_c"])
READABLE = ["title", "alt", "aria-label", "placeholder"]
MECHANICAL = [
    "id",
    "class",
    "href",
    "src",
    "data-id",
    "name",
    "value",
    "onclick",
    "xlink:href",
]
NAMES = st.sampled_from(
    [
        "p",
        "b",
        "A",
        "span",
        "DIV",
        "li",
        "svg",
        "clipPath",
        "h2",
        "td",
        "em",
        "ruby",
        "rt",
    ]
)


def attributes(names=(*READABLE, *MECHANICAL)):
    one = st.builds(
        lambda gap, name, style, value: gap + style.format(name, value),
        st.sampled_from([" ", "\n\t"]),
        st.sampled_from([*names, *(name.upper() for name in names)]),
        st.sampled_from(['{0}="{1}"', "{0}='{1}'", '{0} = "{1}"', "{0}"]),
        PLAIN,
    )
    return st.one_of(st.just(""), one, st.builds(str.__add__, one, one))


KEPT = st.builds(
    "<{0}{1}>{2}</{0}>".format,
    st.sampled_from(["code", "pre", "kbd", "samp", "script", "style", "textarea"]),
    attributes(MECHANICAL),
    st.sampled_from(["后台", "if (a < b) 干部", "干 & 后", "“面”"]),
)
FOREIGN = st.builds(
    "<span {0}>{1}<i>{1}</i></span>".format,
    st.sampled_from(
        [
            'lang="ja"',
            'lang="zh-Hant"',
            "translate='no'",
            'class="notranslate"',
            'data-zh="keep"',
        ]
    ),
    st.sampled_from(["国学", "皇后", "后台 team"]),
)
LINKED_DATA = st.builds(
    lambda name, url: (
        '<script type="application/ld+json">'
        + json.dumps({"name": name, "url": url}, ensure_ascii=False).replace(
            "</", "<\\/"
        )
        + "</script>"
    ),
    st.sampled_from(["干部", "后台", "x"]),
    st.just("https://例子.cn/后"),
)
LOOSE = st.one_of(
    TEXT,
    KEPT,
    FOREIGN,
    LINKED_DATA,
    st.builds("<!-- {} -->".format, TEXT.filter(lambda text: "-->" not in text)),
    st.builds("<br{}>".format, attributes()),
    st.builds('<img src="/后/{}.jpg" alt="{}">'.format, PLAIN, PLAIN),
    st.sampled_from(
        ["<", "</", "<!", "</b", "<3 后", "</p >", "<wbr/>", "<!doctype html>"]
    ),
    st.just('<html lang="zh-Hans"><meta property="og:locale" content="zh_CN">'),
)
ELEMENTS = st.recursive(
    LOOSE,
    lambda inner: st.builds(
        "<{0}{1}>{2}</{0}>".format,
        NAMES,
        attributes(),
        st.lists(inner, max_size=2).map("".join),
    ),
    max_leaves=5,
)
PAGES = st.lists(ELEMENTS, min_size=1, max_size=3).map("".join)
# Pages that a browser and this parser read alike: no broken tag.
WHOLE_PAGES = PAGES.filter(
    lambda page: (
        not re.search(
            "<(?![a-zA-Z/!])|<!(?!--|doctype)|</(?![a-zA-Z]+ ?>)|<3|1 < 2", page
        )
    )
)


@pytest.fixture
def without_conversion(monkeypatch):
    """Every text comes back as it went in."""
    monkeypatch.setattr("editions.runs.convert_runs", lambda runs, *_, **__: list(runs))


@QUICK
@given(PAGES)
def test_nothing_but_text_changes(without_conversion, page):
    assert convert_page(page, SAME) == page


class Mechanics(HTMLParser):
    """Tags, attributes that are not for people, and text that is not to be converted."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[object] = []
        self._kept: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        mechanical = [
            (k, v) for k, v in attrs if k not in {*READABLE, "content", "lang"}
        ]
        self.found.append((tag, mechanical))
        is_kept = (
            tag in {"code", "pre", "kbd", "samp", "script", "style", "textarea"}
            or given.get("lang") in {"ja", "zh-Hant"}
            or given.get("translate") == "no"
            or given.get("class") == "notranslate"
            or given.get("data-zh") == "keep"
        )
        if is_kept and given.get("type") != "application/ld+json":
            self._kept.append(tag)

    def handle_endtag(self, tag):
        self.found.append(tag)
        if self._kept and self._kept[-1] == tag:
            self._kept.pop()

    def handle_data(self, data):
        if self._kept:
            self.found.append(data)
        self.found += [data.count(ADDRESS), data.count(MAILBOX)]

    def handle_comment(self, data):
        self.found.append(data)


@settings(QUICK, max_examples=200)
@given(WHOLE_PAGES)
def test_addresses_ids_code_and_other_languages_stay(page):
    assert Mechanics(convert_page(page, TAIWAN)).found == Mechanics(page).found


HOSTILE = CompiledGlossary(
    "1",
    [
        TermEntry("后台", "zh-Hans", {"zh-tw": '<b onclick="x">\'&</b>'}),
        TermEntry("干部", "zh-Hans", {"zh-tw": "</script><script>"}),
    ],
)


@settings(QUICK, max_examples=200)
@given(WHOLE_PAGES)
def test_glossary_form_adds_no_markup(page):
    converted = convert_page(page, TAIWAN, glossary=HOSTILE)
    assert tags(converted) == tags(page)


def tags(page: str) -> list[object]:
    return [part for part in Mechanics(page).found if isinstance(part, tuple)]


UNSAFE = re.compile("[\ud800-\udfff\U000f0000-\U0010ffff]")


@settings(deadline=None, max_examples=300)
@given(
    st.text(
        st.one_of(
            st.sampled_from("后干发里余范于头面“”·云只出0"),
            st.characters(),
            st.characters(categories=["Cs", "Co"]),
        )
    )
)
def test_text_comes_back_clean_and_in_its_length(text):
    converted = convert(text, "zh-hk")
    assert not UNSAFE.search(converted)
    assert len(converted) == len(UNSAFE.sub("", text))
