"""粘贴整稿 in the admin: the box, the proposal, the story."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from playwright.sync_api import Page, expect

from accounts.roles import Role
from articles.models import Article, Editor
from tests import factories
from tests.admin_forms import signed_in

pytestmark = pytest.mark.django_db

PASTE = reverse("admin:articles_article_paste")
LIST = reverse("admin:articles_article_changelist")
LEAD = (
    "入春以来，青石县的乡间公路上车来车往。去年全县新修农村公路86公里，串起32个村庄。"
)
TEXT = f"""湖畔新路通到家门口
——青石县农村公路建设见闻
（本报记者 余思远）
{LEAD}
一、路修到哪里大家说了算
动工之前，镇里先开了九场院坝会，把图纸挂在村口，谁有意见谁写在旁边。
二、每一段路都有人照看
公路分成十二段，每段由附近的村民小组轮流照看，遇到路灯不亮，当天就能报修。
责编：邱小烨
"""


def read(client: Client, **data) -> html.HtmlElement:
    answer = client.post(PASTE, {"text": TEXT, "html": ""} | data)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def filled_in(page: html.HtmlElement) -> dict[str, str]:
    """What the proposal would send if nobody touched it."""
    form = next(form for form in page.forms if form.get("id") == "proposal_form")
    return {name: value or "" for name, value in form.form_values()}


def create(client: Client, data: dict[str, str]):
    return client.post(PASTE, data | {"create": "1"})


def test_the_list_leads_to_the_box_and_the_box_to_a_story_in_three_presses():
    client = signed_in(Role.EDITOR)
    channel = factories.channel()

    assert PASTE in client.get(LIST).content.decode()
    data = filled_in(read(client))
    answer = create(client, data)

    article = Article.objects.get()
    assert answer.url == reverse("admin:articles_article_change", args=[article.pk])
    assert (article.title, article.channel) == ("湖畔新路通到家门口", channel)
    assert [section.heading for section in article.sections.all()] == [
        "",
        "一、路修到哪里大家说了算",
        "二、每一段路都有人照看",
    ]
    assert article.created_by == client.user


def test_analysing_stores_nothing():
    read(signed_in(Role.EDITOR))

    assert not Article.objects.exists()
    assert not Editor.objects.exists()


def test_the_proposal_shows_lines_and_marks_what_is_doubtful():
    page = read(signed_in(Role.EDITOR))
    words = page.text_content()

    assert "出自：责编：邱小烨" in words
    doubtful = page.xpath("//*[@data-doubtful]//label/@for")
    assert doubtful == ["id_title"]
    assert "？多半是" in words


def test_what_a_person_changes_is_what_is_made():
    client = signed_in(Role.EDITOR)
    data = filled_in(read(client)) | {
        "title": "新路通了",
        "authors": "苏眉、余思远",
        "published": "2021年3月9日",
        "section-2-heading": "问需在前",
        "section-3-joins": "on",
    }

    create(client, data)

    article = Article.objects.get()
    last = article.sections.last()
    assert article.title == "新路通了"
    assert [credit.author.name for credit in article.author_credits.all()] == [
        "苏眉",
        "余思远",
    ]
    assert article.original_precision == "day"
    assert last.heading == "问需在前"
    assert "<p>二、每一段路都有人照看</p><p>公路分成十二段" in last.body


def test_a_refused_form_keeps_everything_that_was_typed():
    client = signed_in(Role.EDITOR)
    data = filled_in(read(client)) | {
        "title": "",
        "kicker": "乡村行走",
        "published": "去年春天",
        "section-2-heading": "",
        "section-2-subheading": "只有第二行",
    }

    page = html.fromstring(create(client, data).content.decode())
    words = page.text_content()

    assert not Article.objects.exists()
    assert "原发布时间看不懂" in words
    assert "有第二行小标题，就要有第一行。" in words
    again = filled_in(page)
    assert again["kicker"] == "乡村行走"
    assert again["published"] == "去年春天"
    assert again["section-2-subheading"] == "只有第二行"
    assert again["text"].split() == TEXT.split()


def test_going_back_gives_the_manuscript_as_it_was():
    page = read(signed_in(Role.EDITOR), back="1", html="<p>稿</p>")

    assert page.xpath("//textarea[@name='text']")[0].text.strip() == TEXT.strip()
    assert page.xpath("//input[@name='html']/@value") == ["<p>稿</p>"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"text": "  "}, "还没有粘贴稿件。"),
        ({"text": "", "html": "<div>" * 400 + "字"}, "粘贴的格式太复杂"),
    ],
)
def test_what_cannot_be_read_comes_back_with_a_sentence(data, said):
    page = read(signed_in(Role.EDITOR), **data)

    assert said in page.text_content()
    assert page.xpath("//textarea[@name='text']")


def test_the_rich_form_goes_before_the_plain_one():
    client = signed_in(Role.EDITOR)
    rich = f"<h1>湖畔新路通到家门口</h1><p>{LEAD}<b>加粗</b></p>"

    create(client, filled_in(read(client, html=rich)))

    assert "<strong>加粗</strong>" in Article.objects.get().sections.get().body


def test_markup_in_a_manuscript_is_shown_as_words():
    answer = signed_in(Role.EDITOR).post(
        PASTE, {"text": f"<script>alert(1)</script>路通了\n{LEAD}<img onerror=x>\n"}
    )

    assert "<script>alert(1)" not in answer.content.decode()
    assert "<img onerror" not in answer.content.decode()


def test_only_own_channels_are_offered_and_taken():
    client = signed_in(None)
    own, other = factories.channel(), factories.channel()
    factories.grant(client.user, Role.EDITOR, own)

    page = read(client)
    offered = page.xpath("//select[@name='channel']/option/@value")
    answer = create(client, filled_in(page) | {"channel": str(other.pk)})

    assert offered == ["", str(own.pk)]
    assert answer.status_code == 200
    assert not Article.objects.exists()


def test_a_copied_page_names_the_channel():
    client = signed_in(Role.EDITOR)
    factories.channel()
    village = factories.channel(name="乡村")
    page = f"青石网>>乡村\n湖畔新路通到家门口\n2021年03月09日07:05 来源：青石日报\n{LEAD}\n"

    assert filled_in(read(client, text=page))["channel"] == str(village.pk)


def test_reporters_are_told_which_editor_is_not_in_the_list():
    client = signed_in(Role.REPORTER)

    answer = create(client, filled_in(read(client)))

    assert "责任编辑名单里没有“邱小烨”" in answer.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.ADMINISTRATOR, Role.AUDITOR])
def test_who_may_not_write_may_not_paste(role):
    client = signed_in(role)

    assert client.get(PASTE).status_code == 403
    assert client.post(PASTE, {"text": TEXT, "create": "1"}).status_code == 403
    assert not Article.objects.exists()


PASTE_EVENT = """([box, words, rich]) => {
    const clipboard = new DataTransfer();
    clipboard.setData("text/plain", words);
    clipboard.setData("text/html", rich);
    box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard}));
    box.value = words;
    box.dispatchEvent(new InputEvent("input"));
}"""


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_browser_keeps_the_rich_form_until_the_words_are_changed(
    page: Page, live_server
):
    session = signed_in(Role.EDITOR).cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": live_server.url}]
    )
    rich = (
        "<!--[if gte mso 9]><xml>x</xml><![endif]--><style>p{color:red}</style>"
        '<p style="color:red;font-weight:700">加粗</p>'
    )
    page.goto(PASTE)
    box = page.get_by_label("整篇稿件")
    kept = page.locator("[name=html]")

    page.evaluate(PASTE_EVENT, [box.element_handle(), "加粗", rich])
    expect(kept).to_have_value('<p style="font-weight:700">加粗</p>')
    expect(page.get_by_role("status")).to_contain_text("已保留格式")

    box.press_sequentially("字")
    expect(kept).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text("格式不再保留")
