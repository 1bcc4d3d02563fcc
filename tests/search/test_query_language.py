"""What readers may type: words, phrases, exclusions, names; the same truth on both databases."""

import pytest
from django.utils import timezone
from hypothesis import given, settings, strategies as st

from editions.conversion import convert
from search import asking
from search.finding import Filters, Order, find, matching
from search.hits import marked
from search.models import StoryEntry, SynonymGroup
from search.tokens import folded, tokens
from tests import factories
from tests.markup import parsed, words_of

pytestmark = pytest.mark.django_db


def found(words: str, order: Order = Order.NEWEST) -> list[str]:
    stories, are_all = find(
        asking.read(words), Filters(), order, at=timezone.now(), end=50
    )
    assert are_all
    return [story.title for story in stories]


def story(title: str, text: str = "甲。", **fields) -> None:
    factories.article(title=title, body=f"<p>{text}</p>", published=True, **fields)


def test_words_of_two_characters_are_found_anywhere():
    story("一", "县里的老街修好了。")
    story("二", "县里的新街修好了。")
    assert found("老街") == ["一"]
    assert found("街修好") == ["二", "一"]


def test_pairs_of_a_word_in_different_places_are_not_the_word():
    story("一", "老街上有街坊。")
    assert found("老街坊") == []


def test_nothing_is_found_across_marks_and_paragraphs():
    factories.article(body="<p>到了老</p><p>街边</p>", published=True)
    factories.article(body="<p>到了老，街边</p>", published=True)
    assert found("老街") == []


def test_order_and_place_of_words_do_not_matter():
    story("雨中的早市", "河边。")
    assert found("河边 早市") == found("早市 河边") == ["雨中的早市"]


@pytest.mark.parametrize(
    "typed", ['"早市 开了"', "“早市 开了”", "「早市 开了」", '"早市 开了']
)
def test_phrase_is_found_as_it_stands(typed):
    story("一", "早市 开了。")
    story("二", "开了早市。")
    assert found(typed) == ["一"]


@pytest.mark.parametrize("typed", ["早市 -雨", "-雨 早市", "早市 －雨", '早市 -"有雨"'])
def test_excluded_words_are_not_there(typed):
    story("一", "早市有雨。")
    story("二", "早市有风。")
    assert found(typed) == ["二"]


def test_excluding_a_long_word_keeps_stories_with_only_its_pairs():
    story("一", "早市。老街上有街坊。")
    assert found("早市 -老街坊") == ["一"]


def test_only_exclusions_are_no_question():
    assert asking.read("-雨").problem == "只写了不要的词。请再写一个要找的词。"


def test_hyphen_within_a_word_is_no_exclusion():
    story("一", "买了A-B两种。")
    assert found("A-B") == ["一"]


@pytest.mark.parametrize("typed", ["作者：温棠", "作者:溫棠", "作者： 温棠"])
def test_stories_by_a_name_are_not_those_about_it(typed):
    story("写的", authors=("温棠",))
    story("编的", editors=("温棠",))
    story("说的", "温棠来了。")
    story("另一位", authors=("温棠棠",))
    assert found(typed) == ["写的"]


@pytest.mark.parametrize("field", ["编辑", "責編", "责编"])
def test_stories_edited_by_a_name(field):
    story("写的", authors=("温棠",))
    story("编的", editors=("温棠",))
    assert found(f"{field}：温棠") == ["编的"]
    assert found(f"{field}：温棠 甲") == ["编的"]
    assert found(f"{field}：温棠 -甲") == []


@pytest.mark.parametrize("typed", ["計畫", "计划", "計劃", "“計畫”"])
def test_regional_spellings_meet(typed):
    story("一", "修路的计划。")
    story("二", "修路的計畫。", script="zh-Hant")
    assert found(typed) == ["二", "一"]


@pytest.mark.parametrize("typed", ["WiFi", "wifi", "ＷｉＦｉ", "wif"])
def test_latin_words_are_found_in_any_case_and_width_and_as_they_are_typed(typed):
    story("一", "站里有WiFi，免费。")
    assert found(typed) == ["一"]


def test_latin_word_is_found_from_its_beginning():
    story("一", "站里有WiFi，免费。")
    assert found("fi") == []


def test_one_character_is_found_wherever_it_stands():
    story("一", "有樟")
    story("二", "樟，在河边")
    story("三", "河边的樟树")
    story("四", "河边")
    assert set(found("樟")) == {"一", "二", "三"}


def test_rare_characters_are_found():
    story("一", "𠮷野家在〇〇号。")
    assert found("𠮷野") == ["一"]
    assert found("〇〇号") == ["一"]


@pytest.mark.parametrize("typed", ["，", "* ?", "-", "“”", "…… ——"])
def test_marks_alone_are_said_to_be_nothing(typed):
    assert asking.read(typed).problem == "里面没有可以搜的字。请写一个词。"
    assert found(typed) == []


def test_best_come_first_and_the_newest_of_them():
    story("别的", "老街。")
    story("老街一")
    story("又别的", "老街。")
    story("有标签", tags=("老街",))
    assert found("老街", Order.BEST) == ["有标签", "老街一", "又别的", "别的"]
    assert found("老街", Order.NEWEST) == ["有标签", "又别的", "老街一", "别的"]


def test_pages_of_the_best_hold_each_story_once():
    for number in range(7):
        story(f"老街{number}" if number % 2 else f"别的{number}", "老街。")
    asked = asking.read("老街")
    pages = [
        find(
            asked, Filters(), Order.BEST, at=timezone.now(), start=start, end=start + 2
        )
        for start in range(0, 8, 2)
    ]
    titles = [story.title for stories, _ in pages for story in stories]
    assert titles == ["老街5", "老街3", "老街1", "别的6", "别的4", "别的2", "别的0"]


def test_synonyms_are_found_in_both_directions():
    SynonymGroup(words="医保、医疗保险").save()
    story("一", "医保怎么办。")
    story("二", "医疗保险怎么办。")
    assert found("医保") == found("醫療保險") == ["二", "一"]
    assert found("医保 怎么办") == ["二", "一"]
    assert found("“医保怎么办”") == ["一"]


# Few characters, so that pairs meet by chance; a mark, a blank and a letter between them.
TEXTS = st.text("甲乙丙，b ", min_size=1, max_size=14)
WORDS = st.text("甲乙丙", min_size=1, max_size=4)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(TEXTS, min_size=1, max_size=6),
    words=st.lists(WORDS, min_size=1, max_size=3),
)
def test_what_is_found_is_what_has_the_words(texts, words):
    from search.indexing import index_story  # noqa: PLC0415

    StoryEntry.objects.all().delete()
    # Rows are made once; each example gives them other texts.
    published = _versions(len(texts))
    for version, text in zip(published, texts, strict=True):
        version.body_html = f"<p>{text}</p>"
        index_story(version)
    asked = asking.read(" ".join(words))
    got = set(matching(asked, Filters(), timezone.now()).values_list("pk", flat=True))
    truth = {
        version.pk
        for version, text in zip(published, texts, strict=True)
        if all(word in folded(text) for word in words)
    }
    assert got == truth


def _versions(number: int) -> list:
    from articles.models import PublishedArticle  # noqa: PLC0415

    while PublishedArticle.objects.count() < number:
        story("丁", "丁", editors=("戊",))
    return list(PublishedArticle.objects.order_by("pk")[:number])


def test_every_character_begins_a_token():
    assert list(tokens("金溪县 ab2 樟")) == ["金溪", "溪县", "县", "ab2", "樟"]


@pytest.mark.parametrize("typed", ["lj", "LJDZS", "zs"])
def test_initials_find_titles_where_the_letters_themselves_find_nothing(client, typed):
    story("老街的早市")
    page = parsed(client.get(f"/search/?q={typed}"))
    assert words_of(page, ".hit__title") == ["老街的早市"]
    assert words_of(page, ".search__count") == [
        f"没有找到“{typed}”。下面 1 条，标题或标签的拼音首字母是它。"
    ]


def test_letters_that_stand_in_a_text_are_no_initials(client):
    story("老街的早市")
    story("标着LJ的箱子")
    page = parsed(client.get("/search/?q=lj"))
    assert words_of(page, ".hit__title") == ["标着LJ的箱子"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [("重庆来客", "cq"), ("樟溪5G开通", "zx5gkt"), ("銀行門口", "yhmk")],
)
def test_initials_are_those_of_the_reading(client, title, typed):
    story(title, script="zh-Hant" if "門" in title else "zh-Hans")
    story("别的")
    page = parsed(client.get(f"/search/?q={typed}"))
    assert words_of(page, ".hit__title") == [
        convert(title, "zh-hans", source="zh-Hant")
    ]


def test_initials_of_a_tag_are_found(client):
    story("别的", tags=("古村落",))
    assert words_of(parsed(client.get("/search/?q=gcl")), ".hit__title") == ["别的"]
    assert words_of(parsed(client.get("/search/?q=zzz")), ".hit__title") == []


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("老街，早市", "老街的早市。"),
        ("老街、早市", "老街的早市。"),
        ("老街/早市", "老街的早市。"),
        ("《溪山志》", "读《溪山志》。"),
        ("溪山志。", "读《溪山志》。"),
        ("读溪山志", "读《溪山志》。"),
        ("（老街）*", "老街。"),
        ("A股", "说A 股的事。"),
        ("5G网络", "开通5G 网络。"),
        ("2024年", "到2024 年为止。"),
        ("WiFi", "站里有Wi-Fi。"),
        ("买买提阿卜杜拉", "买买提·阿卜杜拉来了。"),
        ("列夫·托尔斯泰", "列夫．托尔斯泰来了。"),
        ("尾巴", "尾\u200b巴。"),
        ("網路", "县里的网络。"),
        ("軟體", "装了软件。"),
    ],
)
def test_what_people_leave_out_or_write_otherwise_is_found(client, typed, text):
    story("一", text)
    story("别的", "河。")
    page = parsed(client.get("/search/", {"q": typed}))
    assert words_of(page, ".hit__title") == ["一"]
    assert words_of(page, ".search__count") == ["共 1 条"]
    assert words_of(page, "mark")


def test_marks_cover_what_was_left_out():
    parts = marked("读《溪山志》的人", ["读溪山志"])
    assert [part.text for part in parts if part.is_hit] == ["读《溪山志"]


def test_exclusion_of_a_word_is_that_of_the_word_in_either_script():
    story("一", "早市的计划。")
    story("二", "早市的計畫。", script="zh-Hant")
    story("三", "早市。")
    assert found("早市 -計畫") == found("早市 -计划") == ["三"]


def test_exclusion_of_letters_and_numbers_is_that_of_whole_ones():
    story("一", "早市的email。")
    story("二", "早市在2025年。")
    story("三", "早市的ai和5元。")
    assert found("早市 -ai") == found("早市 -5") == ["二", "一"]


def test_stories_of_a_name_are_left_out():
    story("她的", "早市。", authors=("温棠",))
    story("别人的", "早市。", editors=("温棠",))
    assert found("早市 -作者：温棠") == ["别人的"]
    assert asking.read("-作者：温棠").problem == "只写了不要的词。请再写一个要找的词。"


@pytest.mark.parametrize("typed", ['作者："John Smith"', "作者：“John Smith”"])
def test_quotes_hold_a_name_together(typed):
    story("他的", authors=("John Smith",))
    assert found(typed) == ["他的"]


def test_several_names_must_all_be_there():
    story("两人", authors=("温棠", "罗青"))
    story("一人", authors=("温棠",))
    assert found("作者：温棠、罗青") == ["两人"]


def test_letters_in_quotes_do_not_go_on():
    story("一", "写email。")
    assert found("emai") == ["一"]
    assert found('"emai"') == []
    assert found('"email"') == ["一"]
