"""Whole pages: what is converted, what is not, and what names the language."""

import time

import pytest

from editions.catalogue import by_code
from editions.pages import convert_page
from editions.terms import CompiledGlossary, TermEntry

TAIWAN = by_code("zh-tw")
TERMS = CompiledGlossary(
    "1",
    [
        TermEntry("坳后村", "zh-Hans", {"zh-tw": "坳后村"}),
        TermEntry("余于", "zh-Hans", is_protected=True),
        TermEntry("维康", "zh-Hans", {"zh-tw": "Weikang <Co> & Sons"}),
    ],
)


def converted(page: str) -> str:
    return convert_page(page, TAIWAN, glossary=TERMS)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p><b>干</b>部</p>", "<p><b>幹</b>部</p>"),
        ("<p>皇<a href='/x'>后</a>大道</p>", "<p>皇<a href='/x'>后</a>大道</p>"),
        ("<p>头<b>发</b>很长</p>", "<p>頭<b>髮</b>很長</p>"),
        ("<p>标<wbr>准</p>", "<p>標<wbr>準</p>"),
        ("<p>干<!-- 后 -->部</p>", "<p>幹<!-- 后 -->部</p>"),
        ("<ruby>干<rt>后</rt>部</ruby>", "<ruby>幹<rt>後</rt>部</ruby>"),
        (
            "<svg viewBox='0'><text>干部</text></svg>",
            "<svg viewBox='0'><text>幹部</text></svg>",
        ),
    ],
)
def test_words_are_recognised_across_inline_tags(page, expected):
    assert converted(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>头<br>发</p>", "<p>頭<br>發</p>"),
        ("<td>头</td><td>发展</td>", "<td>頭</td><td>發展</td>"),
        ("<nav><a>头</a><a>发</a></nav>", "<nav><a>頭</a><a>發</a></nav>"),
        ("<p><b>头</b> <i>发</i></p>", "<p><b>頭</b> <i>發</i></p>"),
        ("<p>头<code>x</code>发</p>", "<p>頭<code>x</code>發</p>"),
    ],
)
def test_words_end_where_the_text_ends(page, expected):
    assert converted(page) == expected


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<img src='/图/干.jpg' alt='干部合影'>",
            "<img src='/图/干.jpg' alt='幹部合影'>",
        ),
        (
            '<a href="/新闻/干部/" title="干部新闻">干部</a>',
            '<a href="/新闻/干部/" title="幹部新聞">幹部</a>',
        ),
        (
            '<input type="search" name="q" value="干部" placeholder="搜索新闻">',
            '<input type="search" name="q" value="干部" placeholder="搜索新聞">',
        ),
        (
            '<input type=submit value="搜索后台">',
            '<input type=submit value="搜索後臺">',
        ),
        ('<input type="submit" value="后台">', '<input type="submit" value="後臺">'),
        ("<p title=后台>x</p>", '<p title="後臺">x</p>'),
        ("<a title='他说\"干部\"'>x</a>", "<a title='他說\"幹部\"'>x</a>"),
        ('<option value="干部">干部</option>', '<option value="干部">幹部</option>'),
        (
            '<p aria-label="后台" id="后台">x</p>',
            '<p aria-label="後臺" id="后台">x</p>',
        ),
        (
            '<textarea placeholder="评论后发布">干部</textarea>',
            '<textarea placeholder="評論後發布">干部</textarea>',
        ),
    ],
)
def test_only_readable_attributes_are_converted(page, expected):
    assert converted(page) == expected


@pytest.mark.parametrize(
    "page",
    [
        '<script>var a="干部";</script>',
        '<script type="application/ld+json">{"name": 干部}</script>',
        '<style>.x::before{content:"干部"}</style>',
        "<!-- 干部 -->",
        "<!doctype 干部>",
        "<pre>干部</pre><kbd>干部</kbd><samp>干部</samp><code>干部</code>",
        '<span translate="no">干部</span>',
        '<span class="x notranslate">干<b>部</b></span>',
        '<span data-zh="keep">干部</span>',
        '<span lang="ja">国学</span><q lang="zh-Hant">皇后</q>',
        '<p title="干部" lang="ja">干</p>',
        '<html lang="en"><p>干部</p>',
        '<meta name="csrf" content="背后"><meta property="og:url" content="https://x/背后">',
        "<iframe>干部</iframe>",
        "<p>https://x.cn/新闻/干部</p>",
        "<a href='/干部'></a>",
    ],
)
def test_what_is_not_for_conversion_is_copied(page):
    assert converted(page) == page


def test_conversion_goes_on_after_what_was_kept():
    page = (
        "<div lang='en'><p>干部</p></div><pre>干部</pre><script>干</script><p>干部</p>"
    )
    assert converted(page).endswith("<p>幹部</p>")


def test_translate_yes_opens_a_kept_element_again():
    page = "<div translate='no'>干<span translate='yes'>干部</span>干</div>"
    assert converted(page) == page.replace("干部", "幹部")


def test_the_source_script_inside_another_language_is_converted():
    page = '<p lang="ja">国<span lang="zh-Hans">国学</span>国</p>'
    assert converted(page) == '<p lang="ja">国<span lang="zh-Hans">國學</span>国</p>'


def test_the_names_of_the_language_are_rewritten():
    page = (
        '<html lang="zh-Hans"><meta property="og:locale" content="zh_CN">'
        '<meta property="og:locale:alternate" content="zh_HK"><title>背后</title>'
    )
    assert converted(page) == (
        '<html lang="zh-Hant-TW"><meta property="og:locale" content="zh_TW">'
        '<meta property="og:locale:alternate" content="zh_HK"><title>背後</title>'
    )


def test_descriptions_for_machines_are_converted_by_their_keys():
    page = '<meta name="description" content="干部新闻"><meta property="og:title" content="背后">'
    assert converted(page) == (
        '<meta name="description" content="幹部新聞"><meta property="og:title" content="背後">'
    )


def test_linked_data_is_converted_by_its_keys():
    page = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"背后<\\/x>",'
        '"url":"https://x/背后","inLanguage":"zh-Hans","author":[{"name":"余于后"}]}</script>'
    )
    assert converted(page) == (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "背後<\\/x>", '
        '"url": "https://x/背后", "inLanguage": "zh-Hant-TW", "author": [{"name": "余于後"}]}</script>'
    )


def test_a_glossary_form_cannot_break_out_of_linked_data():
    page = '<script type="application/ld+json">{"name":"维康<!--"}</script>'
    result = converted(page)
    assert "\\u003cCo> & Sons\\u003c!--" in result


def test_character_references_of_chinese_are_converted():
    page = "<p>&#x5E72;&#37096;，&ldquo;后&rdquo;，A&amp;B&nbsp;&lt;后&gt; 1 < 2</p>"
    expected = "<p>幹部，「後」，A&amp;B&nbsp;&lt;後&gt; 1 < 2</p>"
    assert converted(page) == expected


def test_quotation_marks_around_an_inline_tag_are_converted():
    assert converted("<p>没有“<b>后台</b>”</p>") == "<p>沒有「<b>後臺</b>」</p>"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>山<em>坳后</em>村民</p>", "<p>山<em>坳后</em>村民</p>"),
        ("<p>作者余于表示</p>", "<p>作者余于表示</p>"),
        (
            "<p><b>维</b>康集团</p>",
            "<p><b>Weikang &lt;Co&gt; &amp; Sons</b>集團</p>",
        ),
        (
            "<p title='维康'>x</p>",
            "<p title='Weikang &lt;Co&gt; &amp; Sons'>x</p>",
        ),
    ],
)
def test_glossary_terms_are_found_across_tags_and_escaped(page, expected):
    assert converted(page) == expected


HOSTILE = {
    "attribute": '<a "' * 20_000,
    "value": '<a b="' * 20_000,
    "less-than": "<" * 100_000,
    "declaration": "<!" * 50_000,
    "section": "<![CDATA[>" * 10_000,
    "comment": "<!--" * 20_000,
    "script": "<script>" * 10_000,
    "end of script": "<script></script " * 5_000,
    "long name": "<" + "a" * 100_000 + ' "',
    "equals": "<a " + "=" * 100_000,
    "mismatched": "<b>" * 8_000 + "</i>" * 8_000,
    "quotes": "“" * 50_000 + "后",
    "address": "a" * 100_000 + "后@",
    "names": "克·" * 20_000,
    "deep data": '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_markup_costs_no_more_than_its_length(page):
    start = time.perf_counter()
    converted(page)
    # A quarter of a second at most here; anything quadratic takes minutes.
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "page", ["<a title='后台", '<a b="后" c=\'>后', "<!-- 后", "<script>后", "</b 后"]
)
def test_what_never_ends_is_copied(page):
    assert converted(f"<p>后</p>{page}") == f"<p>後</p>{page}"
