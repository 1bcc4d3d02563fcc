import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.checklist import checklist, paragraphs
from articles.findings import Code, Level
from articles.snapshots import content_of
from editions.glossary import current_glossary
from editions.models import Term
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 5, 6, 12, tzinfo=timezone.get_default_timezone())


def content(*bodies, **fields):
    """The content of a story that has nothing to find fault with."""
    sections = [section(body, number) for number, body in enumerate(bodies)]
    return {
        "kicker": "",
        "title": "河边的老街修好了",
        "subtitle": "",
        "standfirst": "",
        "script": "zh-Hans",
        "channel": 1,
        "further_channels": [],
        "source": {"name": "金水日报", "url": ""},
        "original_url": "",
        "authors": [],
        "editors": ["周禾"],
        "tags": [],
        "cover": None,
        "sections": sections or [section("<p>河边的老街修好了。</p>")],
    } | fields


def section(body, number=0, heading="", subheading=""):
    return {
        "anchor": f"s-{number:08}",
        "heading": heading,
        "subheading": subheading,
        "body": body,
    }


def headed(heading, subheading="", body="<p>大家都来看。</p>"):
    return content(sections=[section(body, 0, heading, subheading)])


def codes(story, **options):
    return [finding.code for finding in checklist(story, at=NOON, **options)]


def only(story, code, **options):
    (finding,) = [
        item for item in checklist(story, at=NOON, **options) if item.code == code
    ]
    return finding


def cover(width=1200, **fields):
    picture = factories.picture(width=width)
    words = {"alt_text": "河边的老街", "caption": "", "credit": "周禾摄"}
    return {"picture": picture.pk} | words | fields


def test_a_story_in_order_has_no_findings():
    assert checklist(content(cover=cover()), at=NOON) == []


def test_a_desk_copy_is_checked_by_its_content():
    article = factories.article(title="", channel=None, editors=())
    found = checklist(content_of(article), at=NOON)
    assert {item.code for item in found} == {
        Code.NO_CHANNEL,
        Code.NO_TITLE,
        Code.NO_EDITOR,
    }


# What blocks.


@pytest.mark.parametrize(
    ("fields", "code", "target"),
    [
        ({"channel": None}, Code.NO_CHANNEL, "channel"),
        ({"title": " "}, Code.NO_TITLE, "title"),
        ({"editors": []}, Code.NO_EDITOR, "editor_credits"),
    ],
)
def test_what_is_missing_blocks_and_says_where_to_go(fields, code, target):
    finding = only(content(**fields), code)
    assert finding.level == Level.BLOCK
    assert finding.target == target
    assert finding.sentence.endswith("。")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"alt_text": " "}, Code.NO_ALT_TEXT),
        ({"credit": ""}, Code.NO_PICTURE_CREDIT),
    ],
)
def test_a_lead_picture_without_words_blocks(fields, code):
    finding = only(content(cover=cover(**fields)), code)
    assert (finding.level, finding.target) == (Level.BLOCK, "cover")


def test_a_reprint_needs_no_editor_of_ours():
    assert codes(content(editors=[]), is_reprint=True) == []


@pytest.mark.parametrize("minutes", [-1, 0])
def test_a_time_that_is_past_blocks(minutes):
    planned = NOON + datetime.timedelta(minutes=minutes)
    finding = only(content(), Code.PAST_TIME, planned_for=planned)
    assert (finding.level, finding.target) == (Level.BLOCK, "publish_at")


def test_a_time_to_come_is_in_order():
    assert codes(content(), planned_for=NOON + datetime.timedelta(minutes=1)) == []


def linking(address):
    return content(f'<p>见<a href="{address}">这篇</a>。</p>')


@pytest.mark.parametrize(
    "address",
    [
        "/article/{}/",
        "/zh-hant/article/{}/",
        "/article/{}/#s-00000001",
        "http://localhost/article/{}/?from=a&amp;b",
    ],
)
def test_a_link_to_a_story_that_readers_do_not_get_blocks(address, settings):
    settings.SITE_URL = "http://localhost"
    draft = factories.article()
    story = linking(address.format(draft.pk))
    finding = only(story, Code.BROKEN_LINK)
    assert finding.level == Level.BLOCK
    assert finding.target == "sections:s-00000000"
    assert "这篇" in finding.sentence
    publishing.publish(draft, by=None, now=NOON)
    assert codes(story) == []


def test_a_link_to_a_withdrawn_story_blocks():
    gone = factories.article(published_at=NOON - datetime.timedelta(days=1))
    publishing.withdraw(gone, by=None, now=NOON)
    assert codes(linking(f"/article/{gone.pk}/")) == [Code.BROKEN_LINK]


def test_a_link_is_judged_by_the_moment_readers_get_it():
    soon, later = (NOON + datetime.timedelta(hours=hours) for hours in (1, 2))
    planned = factories.article()
    publishing.schedule(planned, soon, by=None, now=NOON)
    story = linking(f"/article/{planned.pk}/")
    assert codes(story) == [Code.BROKEN_LINK]
    assert codes(story, planned_for=later) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/article/7/",
        "mailto:desk@example.cn",
        "https://[broken",
        "/",
        "",
        "/article/0/",
    ],
)
def test_other_addresses_are_not_looked_up(address):
    assert codes(linking(address)) == []


# What an editor should look at.


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("街" * 30, []),
        ("街道" * 15 + "新", [Code.LONG_TITLE]),
        ("老街修好 大家来看", []),
        ("老街 修好　大家来看", [Code.BLANKS_IN_TITLE]),
    ],
)
def test_long_titles_and_titles_with_blanks_are_warned_of(title, expected):
    found = [code for code in codes(content(title=title)) if code != Code.REPEATED_WORD]
    assert found == expected


@pytest.mark.parametrize(
    ("heading", "subheading", "expected"),
    [
        ("老街修好了", "大家都来看", []),
        ("老街修好了。", "", [Code.STOP_AFTER_HEADING]),
        ("老街修好了", "大家来，", [Code.STOP_AFTER_HEADING]),
        ("老街什么时候修好？", "", []),
        ("河边那条很长的老街在春天里终于修好了呀", "", []),
        ("河边那条很长的老街在今年春天里终于修好了", "", [Code.LONG_HEADING]),
    ],
)
def test_headings_are_short_and_end_without_a_stop(heading, subheading, expected):
    found = checklist(headed(heading, subheading), at=NOON)
    assert [item.code for item in found] == expected
    assert all(item.target == "sections:s-00000000" for item in found)


def test_a_heading_with_nothing_below_is_warned_of():
    finding = only(headed("老街", body="<p> </p>"), Code.EMPTY_SECTION)
    assert finding.level == Level.WARN


def long_body(length):
    sentence = "这里每一段都不同，第{}段。"
    lines = []
    while sum(map(len, lines)) < length:
        lines.append(sentence.format(len(lines)))
    return "".join(f"<p>{line}</p>" for line in lines)


def test_a_long_body_asks_for_headings():
    assert codes(content(long_body(3001))) == [Code.NO_HEADINGS]
    assert codes(content(long_body(2900))) == []
    sections = [section(long_body(3001), 0, "老街")]
    assert codes(content(sections=sections)) == []


@pytest.mark.parametrize("name", ["网络", " 互联网 "])
def test_a_source_that_names_nobody_is_warned_of(name):
    finding = only(content(source={"name": name, "url": ""}), Code.VAGUE_SOURCE)
    assert finding.target == "source"


def test_two_identical_paragraphs_are_warned_of_once():
    line = "<p>这一段文字在稿件里写了两遍。</p>"
    finding = only(content(line, line), Code.TWIN_PARAGRAPHS)
    assert finding.target == "sections:s-00000001"


def test_short_lines_may_stand_twice():
    assert codes(content("<p>（略）</p><p>（略）</p>")) == []


def test_a_narrow_picture_is_warned_of():
    finding = only(content(cover=cover(width=959)), Code.SMALL_PICTURE)
    assert "959" in finding.sentence
    assert codes(content(cover=cover(width=960))) == []


@pytest.mark.parametrize(
    ("body", "code", "found"),
    [
        ("<p>他说：“路修好了。</p>", Code.UNBALANCED_MARK, "“"),
        ("<p>他说：‘她答“好”。’</p>", Code.WRONG_NESTING, "“"),
        ("<p>大家进行进行讨论。</p>", Code.REPEATED_WORD, "进行进行"),
        ("<p>2月30日开会。</p>", Code.IMPOSSIBLE_DATE, "2月30日"),
        ("<p>5月8日（星期一）开会。</p>", Code.WRONG_WEEKDAY, "一"),
        ("<p>2027年5月8日开了会。</p>", Code.FUTURE_DATE, "2027年5月8日"),
        ("<p>路修好了,大家来看。</p>", Code.HALF_WIDTH, ","),
        ("<p>农民们来看，他說好。</p>", Code.MIXED_SCRIPT, "說"),
    ],
)
def test_what_proofreading_finds_is_shown_in_its_place(body, code, found):
    text = f"<p>第一段。</p>{body}<p>第三段。</p>"
    finding = only(content(text), code)
    assert finding.level == Level.WARN
    assert (finding.target, finding.part) == ("sections:s-00000000", "body")
    marked = slice(finding.offset, finding.offset + finding.length)
    assert finding.excerpt[marked] == found
    plain = "\n".join(paragraphs(text))
    assert plain[finding.start : finding.start + finding.length] == found
    assert "\n" not in finding.excerpt


def test_every_field_of_words_is_proofread():
    story = content(
        **dict.fromkeys(("kicker", "title", "subtitle", "standfirst"), "大家开展开展读书"),
        cover=cover(alt_text="老街老街", caption="大家开展开展读书"),
        sections=[section("<p>大家开展开展读书</p>", 0, "开展开展读书", "开展开展看书")],
    )  # fmt: skip
    places = [
        (item.target, item.part)
        for item in checklist(story, at=NOON)
        if item.code == Code.REPEATED_WORD
    ]
    assert places == [
        ("kicker", ""),
        ("title", ""),
        ("subtitle", ""),
        ("standfirst", ""),
        ("sections:s-00000000", "heading"),
        ("sections:s-00000000", "subheading"),
        ("sections:s-00000000", "body"),
        ("cover", "alt_text"),
        ("cover", "caption"),
    ]


def test_a_field_full_of_ascii_marks_is_one_finding():
    finding = only(content("<p>路修好了,大家来看,都说好!</p>"), Code.HALF_WIDTH)
    assert "3 处" in finding.sentence


def test_a_date_is_future_by_the_day_of_publication():
    story = content("<p>2026年5月7日开会。</p>")
    assert codes(story) == [Code.FUTURE_DATE]
    assert codes(story, planned_for=NOON + datetime.timedelta(days=1)) == []


def traditional(**fields):
    return content("<p>樹的背后有一間屋，農民們說話。</p>", script="zh-Hant", **fields)


def test_wrong_conversions_are_warned_of_in_a_traditional_story():
    found = checklist(traditional(title="山水干部"), at=NOON)
    assert [(item.code, item.target) for item in found] == [
        (Code.WRONG_CONVERSION, "title"),
        (Code.WRONG_CONVERSION, "sections:s-00000000"),
    ]


def test_the_glossary_of_the_desk_is_respected():
    Term.objects.create(source="山水干部", is_protected=True)
    found = checklist(traditional(title="山水干部"), at=NOON)
    assert [item.target for item in found] == ["sections:s-00000000"]


def test_a_story_in_another_script_than_its_form_says_is_warned_of():
    story = content("<p>農民們在山裡說話，樹後有一間屋。</p>")
    finding = only(story, Code.OTHER_SCRIPT)
    assert finding.target == "script"


def test_a_story_is_proofread_in_the_script_that_it_is_written_in():
    story = traditional(title="山水") | {"script": "zh-Hans"}
    assert codes(story) == [Code.OTHER_SCRIPT, Code.WRONG_CONVERSION]


def test_a_story_that_tells_no_script_is_proofread_as_its_form_says():
    story = content("<p>山水干部。</p>", title="山水", script="zh-Hant")
    assert codes(story) == [Code.WRONG_CONVERSION]


def test_what_blocks_comes_first():
    story = content("<p>大家进行进行讨论。</p>", channel=None, title="街 街 街")
    levels = [item.level for item in checklist(story, at=NOON)]
    assert levels == sorted(levels)
    assert set(levels) == {Level.BLOCK, Level.WARN}


def test_four_queries_whatever_the_length_of_the_story():
    numbers = [factories.article(published_at=NOON).pk for _ in range(3)]
    bodies = [
        linking(f"/article/{number}/")["sections"][0]["body"] for number in numbers
    ]
    short = content(bodies[0], cover=cover())
    story = content(*bodies, long_body(3000), cover=cover())
    current_glossary()
    for each in (short, story):
        with CaptureQueriesContext(connection) as queries:
            checklist(each, at=NOON)
        assert len(queries) == 4


def test_paragraphs_are_plain_text():
    body = (
        "<p>一<strong>二</strong>&amp;三<br>四</p><ul><li><p>五</p></li></ul><p> </p>"
    )
    assert paragraphs(body) == ["一二&三", "四", "五"]
