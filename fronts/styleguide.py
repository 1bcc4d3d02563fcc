"""Sample rows for the page of components: nothing of them is stored."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from articles.corrections import notes_of
from articles.models import PublishedArticle
from articles.models.desk import DatePrecision
from articles.models.published import Correction
from channels.models import Channel
from fronts.forms import ReportForm
from fronts.home import Block
from fronts.models import EmergencyNotice
from pictures.models import Picture

LONG_TITLE = "沿着小河走一遭——从山里的源头一直走到湖边的四十七公里 四天，七个村，三座桥"
BODY = """<section id="sample-1" aria-labelledby="sample-1-heading">
<h2 id="sample-1-heading">两行的小标题 <small>第二行写得淡一些</small></h2>
<p>正文每行三十八个字，首行缩进两格。<strong>加粗</strong>、<a href="#sample-1">链接</a>和<em>着重号</em>都在这一段里，
数字和 Latin 字母之间的空隙由样式给出：2026 年 6 月。</p>
<ul><li><p>一项</p></li><li><p>又一项</p></li></ul>
<blockquote><p>引用的话缩进一格，左边有一道线。</p></blockquote>
<table><tbody><tr><th><p>站名</p></th><th><p>首班</p></th></tr><tr><td><p>北门</p></td><td><p>6:10</p></td></tr></tbody></table>
</section>"""
TOKENS = [
    "paper",
    "surface",
    "sunk",
    "ink",
    "ink2",
    "ink3",
    "line",
    "ctl",
    "brand",
    "brand2",
    "bar",
    "bar2",
    "onbar",
    "tint",
    "seal",
    "bronze",
    "warn",
    "warnt",
    "visited",
    "focus",
]


@dataclass(frozen=True)
class Samples:
    """One row for each look a component has."""

    usual: PublishedArticle
    long: PublishedArticle
    promoted: PublishedArticle
    traditional: PublishedArticle
    pictured: PublishedArticle | None
    persons: list[PublishedArticle]
    block: Block
    page: Page
    notices: list[EmergencyNotice]
    form: ReportForm
    tokens: list[str]

    @property
    def listed(self) -> list[PublishedArticle]:
        return [self.pictured or self.usual, self.long]

    @property
    def notes(self) -> list:
        return notes_of(self.long)


def samples(now: datetime.datetime) -> Samples:
    """The newest picture of the library stands in where a picture is shown. One query."""
    channel = Channel(pk=0, name="频道", slug="sample")
    picture = Picture.objects.first()

    def story(number: int, title: str, **more: object) -> PublishedArticle:
        columns = {
            "article_id": number,
            "channel": channel,
            "script": "zh-Hans",
            "title": title,
            "deck": "标题下面的一两句话，说清楚这篇写的是什么。",
            "dated_at": now - datetime.timedelta(days=400 * (number % 2), hours=1),
            "dated_precision": DatePrecision.MINUTE,
            "body_html": BODY,
            "length": 200,
        }
        return PublishedArticle(**columns | more)

    usual = story(2, "老街的早市")
    long = story(
        1,
        LONG_TITLE,
        contents=[
            {"anchor": f"sample-{place}", "heading": f"第 {place} 节", "subheading": ""}
            for place in (1, 2, 3)
        ],
        corrections=[
            {
                "kind": Correction.Kind.CORRECTION,
                "note": "原文“三十户”应为“十三户”。",
                "noted_at": now.isoformat(),
            }
        ],
    )
    promoted = story(4, "一家店的广告", is_promotion=True)
    pictured = (
        story(6, "有图的文章", cover=picture, cover_alt="样图") if picture else None
    )
    return Samples(
        usual=usual,
        long=long,
        promoted=promoted,
        traditional=story(8, "老街的早市", script="zh-Hant"),
        pictured=pictured,
        persons=_persons(story, picture),
        block=Block(channel, pictured or usual, [usual, long, promoted]),
        page=Paginator(range(240), 20).page(3),
        notices=[
            EmergencyNotice(text="北门桥今晚封闭检修", url="/", shown_from=now),
            EmergencyNotice(text="城南明天上午停水", shown_from=now),
        ],
        form=ReportForm({"message": "", "contact": "很长" * 60}, now=now),
        tokens=TOKENS,
    )


def _persons(story: object, picture: Picture | None) -> list[PublishedArticle]:
    honour = {
        "title": "助人为乐好人",
        "awarded_by": "县里",
        "year": 2025,
        "category": "助人为乐",
        "role": "司机",
        "is_deceased": False,
        "portrait": "shown",
        "revoked_on": None,
    }
    states = [
        ("有照片", {}, picture),
        ("没有照片", {}, None),
        ("已故", {"is_deceased": True}, None),
        ("不展示照片", {"portrait": "family"}, None),
        ("已撤销", {"revoked_on": "2026-06-01"}, None),
    ]
    return [
        story(10 + 2 * place, name, honour=honour | more, cover=cover)  # type: ignore[operator]
        for place, (name, more, cover) in enumerate(states)
    ]
