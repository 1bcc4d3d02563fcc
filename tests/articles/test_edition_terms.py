"""How one story wants its words written in the editions, and the names that sign it."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from articles import publishing
from articles.edition_terms import TermRefused, remove_term, set_term
from articles.models import Article
from editions.models import Term
from tests import factories
from tests.markup import parsed, select, words_of

pytestmark = pytest.mark.django_db

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk")
BODY = "<p>石梘里的水声。</p><p>石梘<b>里</b>在后山，“石梘里”旧称后里。</p>"


def story(**fields) -> Article:
    return factories.article(
        **{"title": "石梘里的桥", "body": BODY, "published": True, **fields}
    )


def settle(article: Article, word: str, form: str, *editions: str) -> None:
    chief = factories.staff(Role.CHIEF)
    set_term(article, word, dict.fromkeys(editions or TRADITIONAL, form), by=chief)


def page(client: Client, article: Article, edition: str = "zh-tw") -> str:
    prefix = f"/{edition}" if edition != "zh-hans" else ""
    response = client.get(f"{prefix}/article/{article.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def has_marks(text: str) -> bool:
    return any("\ue000" <= character <= "\uf8ff" for character in text)


def test_word_of_the_story_is_written_so_wherever_readers_meet_it(client):
    article = story(standfirst="石梘里修桥。", subtitle="石梘里人的路")
    settle(article, "石梘里", "石梘里")
    text = page(client, article)
    shown = parsed(client.get(f"/zh-tw/article/{article.pk}/"))
    words = "".join(shown.itertext())
    assert "石梘裡" not in text
    assert "石梘里的水聲。" in words
    assert "「石梘里」舊稱" in words
    (title,) = select(shown, "h1")
    assert title.text_content().strip() == "石梘里的橋"
    data = json.loads(text.split('ld+json">', 1)[1].split("</script>", 1)[0])
    assert "石梘里的橋" in json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("path", ["", "channel/{}/", "feed/", "search/?q=石梘"])
def test_lists_and_feeds_write_the_title_so_too(client, path):
    article = story()
    settle(article, "石梘里", "石梘里")
    address = f"/zh-tw/{path.format(article.channel.slug)}"
    response = client.get(address, follow=True)
    text = response.content.decode()
    words = re.sub("</?(?:mark|wbr)>", "", text)
    assert "石梘里" in words
    assert "石梘裡" not in words
    assert not has_marks(text)


def test_share_card_gets_a_new_address_when_its_title_reads_otherwise(client):
    article = story()
    before = re.search('/zh-tw/share/[^"]+jpg', page(client, article))[0]
    settle(article, "水声", "水响")
    assert before in page(client, article)
    settle(article, "石梘里", "石梘里")
    assert before not in page(client, article)


def test_another_story_beside_it_keeps_to_the_glossary(client):
    article = story()
    other = story(channel=article.channel)
    settle(article, "石梘里", "石梘里")
    text = client.get(f"/zh-tw/channel/{article.channel.slug}/").content.decode()
    assert "石梘里的橋" in text
    assert "石梘裡的橋" in text
    assert "石梘裡的水聲" in page(client, other)


@pytest.mark.parametrize("edition", ["zh-hans", *TRADITIONAL])
def test_no_mark_is_left_on_a_page(client, edition):
    article = story(authors=("岳云鹏",))
    settle(article, "石梘里", "石梘里")
    assert not has_marks(page(client, article, edition))


def test_edition_without_a_form_borrows_that_of_its_neighbour(client):
    article = story()
    settle(article, "石梘里", "甲乙里", "zh-hk")
    assert "甲乙里的水聲" in page(client, article, "zh-hk")
    assert "甲乙里的水聲" in page(client, article, "zh-tw")
    settle(article, "石梘里", "丙丁里", "zh-tw")
    assert "甲乙里的水聲" in page(client, article, "zh-hk")
    assert "丙丁里的水聲" in page(client, article, "zh-tw")


def test_form_of_another_length_leaves_the_markup_whole(client):
    article = story()
    settle(article, "石梘里", "石梘老里弄")
    text = page(client, article)
    assert "石梘老里弄的水聲。</p>" in text
    assert "「石梘老里弄」舊稱" in text


def test_word_of_the_story_goes_before_the_glossary(client):
    article = story()
    Term.objects.create(source="石梘里的", form_zh_tw="錯的")
    assert "錯的水聲" in page(client, article)
    settle(article, "石梘里", "石梘里")
    assert "石梘里的水聲" in page(client, article)


def test_word_of_a_story_in_traditional_is_written_so_in_simplified(client):
    article = story(title="乾隆的橋", body="<p>乾隆年間，乾淨。</p>", script="zh-Hant")
    settle(article, "乾隆", "乾龙", "zh-hans")
    text = page(client, article, "zh-hans")
    assert "乾龙年间，干净。" in text
    assert "乾隆年間" in page(client, article, "zh-tw")


def test_word_that_is_removed_is_converted_again(client):
    article = story()
    settle(article, "石梘里", "石梘里")
    remove_term(article, "石梘里", by=factories.staff(Role.CHIEF))
    assert "石梘裡的水聲" in page(client, article)
    with pytest.raises(TermRefused, match="没有“石梘里”"):
        remove_term(article, "石梘里", by=factories.staff(Role.CHIEF))


def test_next_version_and_a_planned_one_keep_the_word(client):
    article = story()
    settle(article, "石梘里", "石梘里")
    article.title = "石梘里的新桥"
    article.save()
    publishing.replace(article, by=None)
    assert "石梘里的新橋" in page(client, article)
    remove_term(article, "石梘里", by=factories.staff(Role.CHIEF))
    assert "石梘裡的新橋" in page(client, article)


def test_text_stays_signed_when_a_word_is_settled():
    article = story()
    before = article.revisions.count(), article.version
    settle(article, "石梘里", "石梘里")
    article.refresh_from_db()
    assert (article.revisions.count(), article.version) == before


def test_words_are_in_the_record_of_acts():
    article = story()
    settle(article, "石梘里", "石梘里")
    entry = AuditEntry.objects.filter(subject_id=str(article.pk)).latest("number")
    assert entry.before == {}
    assert (entry.after["edition_term"], entry.after["form_zh_tw"]) == ("石梘里",) * 2


def test_reporter_settles_words_of_a_draft_and_not_of_what_readers_have():
    reporter = factories.staff(Role.REPORTER)
    draft = story(published=False, created_by=reporter)
    set_term(draft, "石梘里", {"zh-tw": "石梘里"}, by=reporter)
    live = story(created_by=reporter)
    with pytest.raises(Denied):
        set_term(live, "石梘里", {"zh-tw": "石梘里"}, by=reporter)
    assert not live.edition_terms.exists()


@pytest.mark.parametrize(
    ("word", "form", "sentence"),
    [
        ("", "甲", "还没有写原文"),
        ("石梘里", "", "还没有写原文"),
        ("石" * 65, "甲", "太长"),
        ("石梘里", "<b>", "不能用的符号"),
        ("石\ue002", "甲", "不能用的符号"),
        ("石梘里", "里\ud800", "不能用的符号"),
    ],
)
def test_what_can_be_no_word_is_refused(word, form, sentence):
    article = story()
    with pytest.raises(TermRefused, match=sentence):
        settle(article, word, form)
    assert not article.edition_terms.exists()


@pytest.mark.parametrize("mark", ["{}", "&#x{:x};", "\\u{:04x}"])
def test_reader_cannot_make_the_page_read_otherwise(client, mark):
    def typed(code: int) -> str:
        return mark.format(chr(code) if mark == "{}" else code)

    field = typed(0xE005)
    term = field.join(["归档", "", "甲", "甲", "甲", ""]) + typed(0xE006)
    query = typed(0xE004) + typed(0xE002) + term + typed(0xE003)
    response = client.get("/zh-tw/search/", {"q": query})
    assert response.status_code == 200
    shown = parsed(response)
    assert "歸檔" in words_of(shown, "footer a")
    assert not has_marks(response.content.decode())


def test_name_under_a_story_has_the_forms_of_names(client):
    article = story(
        title="后天下雨",
        body="<p>记者岳云鹏、余晖报道。落日余晖里，范冲说。</p>",
        authors=("岳云鹏", "余晖"),
        editors=("范冲",),
    )
    words = "".join(parsed(client.get(f"/zh-tw/article/{article.pk}/")).itertext())
    assert "岳雲鵬、余暉" in words
    assert "責任編輯：范沖" in words
    assert "落日餘暉" in words


def test_name_of_the_source_reads_the_same_wherever_it_stands(client):
    # 据云 is an old word for "it is said": by itself the name has a cloud.
    made = story(source="云台社", body="<p>据云台社消息。</p>")
    assert "據雲臺社消息" in page(client, made)


def test_page_in_the_authors_own_script_asks_for_no_glossary(client):
    made = story(authors=("岳云鹏",))
    for path, asked in ((f"/article/{made.pk}/", 0), (f"/zh-tw/article/{made.pk}/", 1)):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert sum("glossaryversion" in query["sql"] for query in queries) == asked


def test_glossary_knows_better_than_the_forms_of_names(client):
    article = story(authors=("岳云鹏",), body="<p>岳云鹏报道。</p>")
    Term.objects.create(source="岳云鹏", form_zh_tw="岳云朋")
    assert "<p>岳云朋報" in page(client, article)
