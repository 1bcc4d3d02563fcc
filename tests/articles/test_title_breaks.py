"""Where the lines of a title and of a heading may end."""

from itertools import pairwise

import pytest
from lxml import html

from articles import publishing
from articles.models import PublishedArticle
from articles.templatetags.stories import breakable, clause_look, with_breaks
from editions.catalogue import by_code
from editions.conversion import convert
from editions.pages import convert_page
from editions.words import line_breaks
from tests import factories
from tests.markup import parsed, select, words_of

TITLES = [
    "樟溪县47公里环湖绿道全线贯通 骑行驿站国庆前开放",
    "提神振气聚合力——樟溪县构建基层党建全域提升新格局",
    "理发店开到村口 头发花白的老人先坐下",
    "村里的干部把面粉送到后山，三只白鹭跟了一路",
    "他说“只有三里路”的那条路修好了",
    "范师傅的钟表铺：修了五十三年",
]


def in_words(title: str) -> str:
    """The title with a bar wherever a line may end."""
    places = [0, *line_breaks(title), len(title)]
    return "|".join(title[start:end] for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("樟溪县构建基层党建新格局", "樟溪县|构建|基层|党建|新格局"),
        ("绿道47公里全线贯通", "绿道|47公里|全线贯通"),
        ("2754人领到补贴0.17万元", "2754人|领到|补贴|0.17万元"),
        ("线路10月8日起调整", "线路|10月8日起|调整"),
        ("5G和Wi-Fi进了山村", "5G|和Wi-Fi|进了|山村"),
        ("小学队3比2险胜", "小学队|3比2|险胜"),
        ("读《水经注》的老人", "读|《水经注》的|老人"),
        ("村民“把课堂搬到田里”之后", "村民|“把课堂搬到田里”|之后"),
        ("三百岁老树撑起拐杖", "三百岁|老树|撑起|拐杖"),
        ("老匠人阿依古丽·买买提", "老匠人|阿依古丽·买买提"),
    ],
)
def test_words_names_numbers_and_quotations_stay_whole(title, expected):
    assert in_words(title) == expected


@pytest.mark.parametrize("title", [*TITLES, "谁来做饭？（一）", "“六点”，到了！"])
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(title):
    for place in line_breaks(title):
        assert title[place] not in "，。：；？！、”’」』）》】—…"
        assert title[place - 1] not in "“‘「『（《【"


@pytest.mark.parametrize("title", ["老街的灯又亮了", "河水清了 白鹭来了", "渡口何时开"])
def test_no_character_is_left_alone_at_the_end_of_a_clause(title):
    broken = in_words(title)
    assert all(len(clause.rsplit("|", 1)[-1]) > 1 for clause in broken.split())


def test_traditional_titles_are_cut_like_simplified_ones():
    simplified = "村民为三百岁老树撑起“拐杖”"
    assert line_breaks("村民為三百歲老樹撐起「拐杖」") == line_breaks(simplified)


def test_word_longer_than_a_line_is_cut_where_its_own_words_end():
    assert in_words("全国人民代表大会常务委员会开会").startswith("全国|人民|代表|大会|")


@pytest.mark.parametrize("title", ["", "灯", " ", "——", "a" * 40, "𠮷野家", "\ue000"])
def test_odd_titles_are_cut_without_harm(title):
    assert in_words(title) == title


def test_breaks_put_nothing_else_into_the_words():
    assert with_breaks("<b>“老”的&人", [3]) == (
        '&lt;b&gt;<wbr>“老<span class="held">”的</span>&amp;人'
    )


@pytest.mark.parametrize("edition", ["zh-hant", "zh-tw", "zh-hk"])
@pytest.mark.parametrize("title", TITLES)
def test_breaks_do_not_change_how_a_title_is_converted(title, edition):
    markup = f"<h1>{with_breaks(title, line_breaks(title))}</h1>"
    converted = convert_page(markup, by_code(edition))
    assert html.fromstring(converted).text_content() == convert(title, edition)


def test_break_inside_a_word_is_converted_as_the_word():
    markup = f"<h1>{with_breaks('理发店的头发', [1, 5])}</h1>"
    assert convert_page(markup, by_code("zh-tw")) == "<h1>理<wbr>髮店的頭<wbr>髮</h1>"


@pytest.mark.django_db
def test_published_title_carries_its_breaks_to_every_page(client):
    title = "樟溪县构建基层党建全域提升新格局"
    story = factories.article(title=title, published=True)
    assert PublishedArticle.objects.get().title_breaks == line_breaks(title)
    for path in (f"/article/{story.pk}/", story.channel.get_absolute_url(), "/"):
        page = parsed(client.get(path))
        assert title in words_of(page, ".words")
        assert select(page, ".words wbr")


@pytest.mark.django_db
def test_title_laid_out_without_breaks_is_shown_as_before(client):
    story = factories.article(title="河水清了 白鹭来了", published=True)
    PublishedArticle.objects.update(title_breaks=[])
    page = parsed(client.get(f"/article/{story.pk}/"))
    assert words_of(page, "h1 .clause") == ["河水清了", "白鹭来了"]
    assert select(page, "h1 wbr") == select(page, "h1 .words") == []


@pytest.mark.django_db
def test_traditional_title_keeps_its_own_words_between_breaks(client):
    title = "屋裏的燈照著三百歲的老樹"
    story = factories.article(title=title, script="zh-Hant", published=True)
    assert words_of(parsed(client.get(f"/zh-tw/article/{story.pk}/")), "h1") == [title]
    assert words_of(parsed(client.get(f"/article/{story.pk}/")), "h1") == [
        "屋里的灯照着三百岁的老树"
    ]


def test_only_titles_that_a_list_may_have_to_cut_are_called_long():
    looks = {
        length: clause_look(PublishedArticle(title="长" * length))
        for length in (22, 23, 44, 45)
    }
    assert looks == {
        22: "clause",
        23: "clause clause--long",
        44: "clause clause--long",
        45: "clause clause--long clause--longest",
    }


@pytest.mark.django_db
def test_lines_of_a_heading_end_between_words(client):
    story = factories.article(body="")
    story.sections.create(
        position=10,
        heading="三十六棵古樟&它们的编号",
        subheading="一棵一棵数过来",
        body="<p>从村口数起。</p>",
    )
    publishing.publish(story, by=None)
    page = parsed(client.get(f"/article/{story.pk}/"))
    assert words_of(page, ".prose h2.words") == [
        "三十六棵古樟&它们的编号 一棵一棵数过来"
    ]
    assert select(page, ".prose h2 wbr")
    assert "<wbr>" not in PublishedArticle.objects.get().body_html


def test_text_without_words_to_part_is_left_alone():
    assert breakable("老街") == "老街"
