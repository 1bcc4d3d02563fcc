"""Text authored in Traditional inside pages rendered in Simplified."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe

from editions.catalogue import EDITIONS, by_code
from editions.markers import (
    AUTHORED_HANT_CLOSE as CLOSE,
    AUTHORED_HANT_OPEN as OPEN,
    mark_authored,
)
from editions.pages import convert_page
from editions.terms import CompiledGlossary, TermEntry

HANS = by_code("zh-hans")
TAIWAN = by_code("zh-tw")


def authored(text: str) -> str:
    return mark_authored(text, "zh-Hant")


def test_only_traditional_text_is_marked():
    assert mark_authored("后台", "zh-Hans") == "后台"
    assert authored("後台") == f"{OPEN}後台{CLOSE}"
    assert authored("") == ""


def test_safe_text_stays_safe_and_other_text_does_not_become_so():
    assert isinstance(authored(mark_safe("<b>後</b>")), SafeString)
    assert not isinstance(authored("<b>"), SafeString)


def test_nobody_can_end_the_marking_from_inside():
    assert authored(f"後{CLOSE}台") == f"{OPEN}後台{CLOSE}"


@pytest.mark.parametrize(
    ("page", "hans", "taiwan"),
    [
        (
            f"<p>后台{authored('臺灣的後台')}后</p>",
            "<p>后台台湾的后台后</p>",
            "<p>後臺臺灣的後台後</p>",
        ),
        (f"<p>{authored('「溫」')}</p>", "<p>“温”</p>", "<p>「溫」</p>"),
        (
            f"<title>{authored('頭髮')}</title>",
            "<title>头发</title>",
            "<title>頭髮</title>",
        ),
        (f"<img alt='{authored('髮')}后'>", "<img alt='发后'>", "<img alt='髮後'>"),
        (
            f"<meta name='description' content='{authored('后著')}'>",
            "<meta name='description' content='后着'>",
            "<meta name='description' content='后著'>",
        ),
        (
            f"<div>{OPEN}<p>頭<b>髮</b></p><img alt='圖' src='/圖.png'>{CLOSE}</div><p>后</p>",
            "<div><p>头<b>发</b></p><img alt='图' src='/圖.png'></div><p>后</p>",
            "<div><p>頭<b>髮</b></p><img alt='圖' src='/圖.png'></div><p>後</p>",
        ),
    ],
)
def test_marked_text_is_converted_for_simplified_readers_only(page, hans, taiwan):
    assert convert_page(page, HANS) == hans
    assert convert_page(page, TAIWAN) == taiwan


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.code)
@pytest.mark.parametrize(
    "page",
    [
        f"<p>山{OPEN}</p>",
        f"<p>{CLOSE}山{OPEN}水{OPEN}</p>",
        f"<a href='/{OPEN}x{CLOSE}' data-x='{OPEN}'>山</a>",
        f"<script>x = '{OPEN}'</script><!-- {CLOSE} --><textarea>{OPEN}</textarea>",
        "<script>x = '\\ue000山\\uE001'</script>",
        "<p>&#xE000;山&#57345;</p><p>&amp;#xe000;</p>",
        "<a href='/?t=%EE%80%80x%ee%80%81'>山</a>",
    ],
)
def test_no_marker_is_left_in_any_edition(page, edition):
    result = convert_page(page, edition)
    traces = (OPEN, CLOSE, "e000", "E000", "e001", "E001", "57345", "%EE%80", "%ee%80")
    assert not any(trace in result for trace in traces)


def test_a_lone_marker_changes_nothing_about_the_text_after_it():
    page = f"<p>读者{OPEN}写的</p><p>{authored('後台')}</p><p>后台</p>"
    assert convert_page(page, HANS) == "<p>读者写的</p><p>后台</p><p>后台</p>"
    assert convert_page(page, TAIWAN) == "<p>讀者寫的</p><p>後台</p><p>後臺</p>"


def test_marks_inside_a_marked_body_do_not_end_it():
    page = f"<div>{OPEN}<img alt='{authored('圖')}'><p>頭髮</p>{CLOSE}</div>"
    assert convert_page(page, HANS) == "<div><img alt='图'><p>头发</p></div>"


def test_a_page_without_marks_is_returned_unchanged_in_simplified():
    page = "<html lang='zh-Hans'><p>後台“后台”&#x5E72;</p><q lang='zh-Hant'>皇后</q>"
    assert convert_page(page, HANS) is page


def test_linked_data_that_was_escaped_as_json_is_understood():
    page = (
        '<script type="application/ld+json">'
        '{"headline": "\\ue000頭髮\\ue001后台", "inLanguage": "zh-Hans"}</script>'
    )
    assert '{"headline": "头发后台", "inLanguage": "zh-Hans"}' in convert_page(
        page, HANS
    )
    assert '"headline": "頭髮後臺"' in convert_page(page, TAIWAN)


def test_a_simplified_quotation_in_an_authored_body_is_left_alone():
    page = f"<html lang='zh-Hans'>{OPEN}<p>頭<q lang='zh-Hans'>後</q>髮</p>{CLOSE}"
    assert convert_page(page, HANS) == (
        "<html lang='zh-Hans'><p>头<q lang='zh-Hans'>後</q>发</p>"
    )


def test_traditional_terms_hold_for_authored_text():
    term = TermEntry("乾元鎮", "zh-Hant", {"zh-hans": "乾元镇"})
    glossary = CompiledGlossary("1", [term])
    page = f"<p>{authored('乾元鎮的後台')}</p>"
    assert convert_page(page, HANS, glossary=glossary) == "<p>乾元镇的后台</p>"
    assert convert_page(page, TAIWAN, glossary=glossary) == "<p>乾元鎮的後台</p>"


def test_the_template_filter_marks_and_still_escapes():
    template = Template("{% load editions %}{{ title|authored:script }}")
    shown = template.render(Context({"title": "<後>", "script": "zh-Hant"}))
    assert shown == f"{OPEN}&lt;後&gt;{CLOSE}"


def test_the_template_filter_keeps_safe_markup():
    template = Template("{% load editions %}{{ body|authored:script }}")
    body = mark_safe("<b>後</b>")
    shown = template.render(Context({"body": body, "script": "zh-Hant"}))
    assert shown == f"{OPEN}<b>後</b>{CLOSE}"
