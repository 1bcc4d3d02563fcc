"""How titles and times are written: the template filters."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from articles.templatetags.linked_data import linked_data
from articles.templatetags.stories import by_day, clauses, list_date
from articles.templatetags.story_body import scrolling_tables

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=CHINA)


def story(
    moment: datetime.datetime, precision: str = DatePrecision.MINUTE
) -> PublishedArticle:
    return PublishedArticle(dated_at=moment, dated_precision=precision)


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("河水清了", ["河水清了"]),
        ("公交调整四条线路 三路车通到湖边", ["公交调整四条线路", "三路车通到湖边"]),
        ("沿河走一遭——从源头到湖", ["沿河走一遭——", "从源头到湖"]),
        ("周末招领：一条围巾，两把伞", ["周末招领：", "一条围巾，", "两把伞"]),
        ("他说“来吧！”就走了", ["他说“来吧！”就走了"]),
        ("首班车10：30发车", ["首班车10：30发车"]),
    ],
)
def test_title_is_cut_where_a_line_may_end(title, parts):
    cut = clauses(title)
    assert [clause.text for clause in cut] == parts
    assert "".join(clause.text + clause.blank for clause in cut) == title


@pytest.mark.parametrize(
    ("moment", "precision", "label"),
    [
        (NOON.replace(hour=8, minute=18), DatePrecision.MINUTE, "今天 08:18"),
        (NOON.replace(hour=0), DatePrecision.DAY, "今天"),
        (NOON - datetime.timedelta(days=1), DatePrecision.MINUTE, "11月22日"),
        (NOON.replace(year=2021), DatePrecision.MINUTE, "2021年11月23日"),
    ],
)
def test_date_in_a_list_is_as_short_as_it_can_be(moment, precision, label):
    with time_machine.travel(NOON, tick=False):
        assert list_date(story(moment, precision)) == label


def test_days_are_local_days():
    late = datetime.datetime(2026, 11, 20, 15, 59, tzinfo=datetime.UTC)
    later = late + datetime.timedelta(minutes=1)
    with time_machine.travel(NOON, tick=False):
        labels = [day.label for day in by_day([story(later), story(late)])]
    assert labels == ["11月21日", "11月20日"]


def test_linked_data_opens_and_closes_no_tag():
    script = linked_data({"name": "</script>&"})
    assert script.count("<") == script.count(">") == 2
    assert "\\u003c/script\\u003e\\u0026" in script


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="https://example.cn/<table>">链接</a></p>',
        "<p>没有表</p>",
        "<table><tr><td>没有完",
    ],
)
def test_body_without_a_whole_table_is_left_alone(body):
    assert scrolling_tables(body) == body
