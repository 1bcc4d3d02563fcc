"""What editors do about searches: promote a story, join words, see what was not found."""

import datetime

import pytest
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from articles.merging import merge
from articles.models import Tag
from search import query_log
from search.models import DailyQuery, PromotedResult, SynonymGroup
from tests import factories
from tests.admin_forms import signed_in
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def asked(client, words: str, **more):
    return parsed(client.get("/search/", {"q": words, **more}, headers=BROWSER))


def promote(words: str, story, **fields) -> PromotedResult:
    now = timezone.now()
    row = PromotedResult(
        words=words, article=story, **{"shown_from": now - HOUR, **fields}
    )
    row.save()
    return row


def promoted_titles(page) -> list[str]:
    return words_of(page, ".hits--promoted .hit__link")


def test_promoted_story_stands_above_the_results_of_its_words(client):
    story = factories.article(title="怎样办医保", published=True)
    promote("医保、社保", story, reason="办事指南")
    page = asked(client, "醫保")
    assert promoted_titles(page) == ["怎样办医保"]
    assert words_of(page, ".hit__mark") == ["推荐"]
    assert "办事指南" in words_of(page, ".hits--promoted .hit__snippet")
    assert promoted_titles(asked(client, "社保")) == ["怎样办医保"]
    assert promoted_titles(asked(client, "保")) == []
    assert promoted_titles(asked(client, "医保 社保")) == []


def test_promotion_has_its_time_and_needs_a_story_with_readers(client):
    now = timezone.now()
    withdrawn = factories.article(title="撤了", published=True)
    publishing.withdraw(withdrawn, by=None)
    promote("医保", withdrawn)
    promote("医保", factories.article(title="草稿"))
    promote(
        "医保", factories.article(title="早了", published=True), shown_from=now + HOUR
    )
    promote(
        "医保",
        factories.article(title="晚了", published=True),
        shown_from=now - 2 * HOUR,
        shown_until=now - HOUR,
    )
    assert promoted_titles(asked(client, "医保")) == []


def test_editor_promotes_a_story_in_the_admin(client):
    story = factories.article(title="怎样办医保", published=True)
    chief = signed_in(Role.CHIEF)
    address = "/admin/search/promotedresult/add/?words=医保"
    form = parsed(chief.get(address))
    assert select(form, "#id_words")[0].get("value") == "医保"
    day = timezone.localtime() - HOUR
    data = {
        "words": "医保",
        "article": story.pk,
        "position": 10,
        "shown_from_0": f"{day:%Y-%m-%d}",
        "shown_from_1": f"{day:%H:%M}",
        "shown_until_0": "",
        "shown_until_1": "",
    }
    assert chief.post(address, data).status_code == 302
    assert promoted_titles(asked(client, "医保")) == ["怎样办医保"]
    row = words_of(parsed(chief.get("/admin/search/promotedresult/")), ".field-state")
    assert row == ["● 显示中"]
    publishing.withdraw(story, by=None)
    row = words_of(parsed(chief.get("/admin/search/promotedresult/")), ".field-state")
    assert row == ["× 稿件不在线，不显示"]


def test_titles_of_others_drafts_stay_hidden(client):
    draft = factories.article(title="樟脑密信")
    promote("密信", draft)
    chief = signed_in(None)
    factories.grant(chief.user, Role.CHIEF, factories.channel())
    for path in ("", f"add/?article={draft.pk}", "?q=樟脑"):
        page = chief.get(f"/admin/search/promotedresult/{path}")
        assert page.status_code == 200
        assert "樟脑密信" not in page.content.decode()
    response = chief.post(
        "/admin/search/promotedresult/add/", {"words": "密信", "article": draft.pk}
    )
    assert words_of(parsed(response), ".field-article .errorlist")


def test_hidden_stories_take_no_place_from_those_that_readers_see(client):
    for _ in range(3):
        promote("医保", factories.article(title="草稿"))
    promote("医保", factories.article(title="办医保", published=True), position=99)
    assert promoted_titles(asked(client, "醫保")) == ["办医保"]
    assert promoted_titles(asked(client, "医保", type="story")) == []


@pytest.mark.parametrize("words", ["", "，、", "***"])
def test_promotion_without_words_is_refused(words):
    response = signed_in(Role.CHIEF).post(
        "/admin/search/promotedresult/add/", {"words": words, "position": 10}
    )
    assert response.status_code == 200
    assert words_of(parsed(response), ".field-words .errorlist")
    assert not PromotedResult.objects.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("医保", "至少写两个不同的词，用逗号或顿号隔开。"),
        ("医保、醫保", "至少写两个不同的词，用逗号或顿号隔开。"),
        ("甲乙丙丁戊己庚".replace("", "、"), "一组最多 6 个词，现在有 7 个。"),
        ("医保、※※", "“※※”里没有可以搜的字。"),
    ],
)
def test_senseless_synonyms_are_refused_with_a_reason(words, sentence):
    response = signed_in(Role.CHIEF).post(
        "/admin/search/synonymgroup/add/", {"words": words}
    )
    if "※" in words:
        # Bare marks are no word to begin with: what is left is one word.
        sentence = "至少写两个不同的词，用逗号或顿号隔开。"
    assert words_of(parsed(response), ".errorlist li") == [sentence]


def test_synonyms_are_found_and_named(client):
    response = signed_in(Role.CHIEF).post(
        "/admin/search/synonymgroup/add/", {"words": "医保，医疗保险"}
    )
    assert response.status_code == 302
    factories.article(title="医疗保险怎么办", published=True)
    page = asked(client, "医保")
    assert words_of(page, ".hit__title") == ["医疗保险怎么办"]
    assert words_of(page, ".search__also") == ["已同时查找“医疗保险”。"]
    assert words_of(page, "mark") == ["医疗保险"]
    signed_in(Role.CHIEF).post(
        f"/admin/search/synonymgroup/{SynonymGroup.objects.get().pk}/delete/",
        {"post": "yes"},
    )
    assert words_of(asked(client, "医保"), ".hit__title") == []


def test_names_of_merged_tags_are_synonyms(client):
    factories.article(title="甲", tags=("渡船",), published=True)
    factories.article(title="乙", tags=("摆渡",), published=True)
    old, new = Tag.objects.get(name="摆渡"), Tag.objects.get(name="渡船")
    merge(old, new, by=factories.staff(Role.CHIEF))
    for words in ("摆渡", "渡船"):
        assert sorted(words_of(asked(client, words), ".hit__title")) == ["乙", "甲"]


def searched(client, *words: str) -> None:
    for typed in words:
        asked(client, typed)
    query_log.buffer.flush()


def test_searches_are_counted_by_day_with_what_they_found(client):
    factories.article(title="早市", published=True)
    searched(client, "早市", "早 市", "早市", "渡口", "渡口")
    rows = DailyQuery.objects.values_list("words", "searches", "found")
    assert set(rows) == {("早市", 2, 1), ("早 市", 1, 1), ("渡口", 2, 0)}
    searched(client, "渡口")
    assert DailyQuery.objects.get(words="渡口").searches == 3


def test_spellings_of_a_search_are_one(client):
    searched(client, "臺灣", "台湾", "WiFi")
    searched(client, "wifi")
    assert set(DailyQuery.objects.values_list("searches", flat=True)) == {2}
    assert DailyQuery.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        "ﷺ" * 30,
        "13800138000",
        "3601021990010100",
        "a@example.cn",
        "很" * 31,
        "，",
        "-甲",
    ],
)
def test_what_may_be_somebodys_own_is_not_kept(client, typed):
    searched(client, typed)
    assert not DailyQuery.objects.exists()


def test_hotline_is_a_word_like_others(client):
    searched(client, "12345")
    assert DailyQuery.objects.get().words == "12345"


def test_robots_further_pages_and_filters_are_not_counted(client):
    client.get("/search/?q=早市", headers={"User-Agent": "Examplebot/1.0"})
    client.get("/search/?q=早市", headers={"User-Agent": ""})
    asked(client, "早市", type="person")
    query_log.buffer.flush()
    assert not DailyQuery.objects.exists()


def test_days_are_bounded(client, monkeypatch):
    monkeypatch.setattr(query_log, "MOST_A_DAY", 2)
    searched(client, "甲乙", "乙丙")
    searched(client, "丙丁", "甲乙")
    assert DailyQuery.objects.count() == 2
    assert DailyQuery.objects.get(words="甲乙").searches == 2


def test_desk_sees_what_is_searched_and_what_is_not_found(client):
    factories.article(title="早市", published=True)
    searched(client, "早市", "早市", "渡口")
    page = parsed(signed_in(Role.CHIEF).get("/admin/search/dailyquery/"))
    tables = select(page, ".readership__table")
    assert words_of(tables[0], "tbody th") == ["早市", "渡口"]
    assert words_of(tables[0], "tbody td.readership__number") == ["2", "1", "1", "没有"]
    assert words_of(tables[1], "tbody th") == ["渡口"]
    link = next(
        link for link in select(tables[1], "a") if link.text_content() == "加同义词"
    )
    form = parsed(signed_in(Role.CHIEF).get(link.get("href")))
    assert select(form, "#id_words")[0].get("value") == "渡口"
    factories.article(title="渡口", published=True)
    searched(client, "渡口")
    page = parsed(signed_in(Role.CHIEF).get("/admin/search/dailyquery/"))
    assert len(select(page, ".readership__table")) == 1


def test_desk_is_told_when_nobody_searched():
    page = parsed(signed_in(Role.CHIEF).get("/admin/search/dailyquery/?days=1"))
    assert "这段时间没有人搜索" in words_of(page, ".readership__note")[0]


def test_reporter_keeps_no_synonyms_and_promotes_nothing():
    client = signed_in(Role.REPORTER)
    for model in ("promotedresult", "synonymgroup"):
        assert client.get(f"/admin/search/{model}/").status_code == 403
        assert client.post(f"/admin/search/{model}/add/", {}).status_code == 403


def test_words_that_find_nothing_together_are_offered_apart(client):
    factories.article(title="早市", published=True)
    factories.article(title="渡口", published=True)
    page = asked(client, "早市 渡口 飞船")
    assert words_of(page, ".search__count")[0].startswith("没有找到“早市 渡口 飞船”")
    assert words_of(page, ".chip") == ["早市 1 条", "渡口 1 条"]


def test_single_character_lists_the_newest_hundred(client, monkeypatch):
    monkeypatch.setattr("search.finding.MOST_FOR_ONE_CHARACTER", 3)
    for number in range(5):
        factories.article(title=f"桥{number}", published=True)
    page = asked(client, "桥")
    assert words_of(page, ".search__count") == [
        "共 3 条以上，只列最新的 3 条。再加一个字，会更准"
    ]
    assert len(words_of(page, ".hits .hit__title")) == 3


def test_more_than_are_counted_are_said_to_be_more(client, monkeypatch):
    monkeypatch.setattr("search.finding.MOST_COUNTED", 3)
    for number in range(5):
        factories.article(title=f"渡口{number}", published=True)
    page = asked(client, "渡口")
    assert words_of(page, ".search__count") == ["共 3 条以上"]
    assert len(words_of(page, ".hits .hit__title")) == 3
    assert client.get("/search/?q=渡口&page=2").status_code == 404


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("story", {"早市文章"}), ("person", {"早市人"}), ("promotion", {"推广 早市广告"})],
)
def test_results_are_narrowed_by_type(client, kind, expected):
    from articles.models import Source  # noqa: PLC0415

    factories.article(title="早市文章", published=True)
    factories.person(title="早市人")
    source = Source.objects.create(name="商讯", is_promotion=True)
    factories.article(title="早市广告", source_id=source.pk, published=True)
    page = asked(client, "早市", type=kind)
    assert set(words_of(page, ".hit__title")) == expected


def test_results_are_sorted_as_asked(client):
    factories.article(title="早市", published=True)
    factories.article(title="别的", body="<p>早市。</p>", published=True)
    assert words_of(asked(client, "早市"), ".hit__title") == ["早市", "别的"]
    page = asked(client, "早市", sort="newest")
    assert words_of(page, ".hit__title") == ["别的", "早市"]
    chosen = select(page, "#search-sort option[selected]")[0]
    assert chosen.text_content() == "最新"
