"""A small portal with every kind of page that readers open, in every state."""

import datetime

from django.utils import timezone

from accounts.roles import Role
from articles import previews, publishing
from articles.models import (
    Article,
    Author,
    Correction,
    Editor,
    Honour,
    Section,
    Source,
    Tag,
)
from channels.models import Channel
from fronts.models import (
    EmergencyNotice,
    FooterLink,
    Placement,
    SiteIdentity,
    StatementPage,
    Topic,
    TopicBlock,
    TopicEntry,
)
from tests import factories

LONG_TITLE = "沿着小河走一遭——从山里的源头一直走到湖边的四十七公里 四天，七个村，三座桥"
# Wider than any screen of a phone: it scrolls by itself.
TABLE = "<table><tbody>{}{}</tbody></table>".format(
    "<tr>{}</tr>".format("<th><p>很宽的一列字</p></th>" * 9),
    "<tr>{}</tr>".format("<td><p>很宽的一列字</p></td>" * 9),
)
DAY = datetime.timedelta(days=1)


def build() -> dict[str, str]:
    """Addresses by the name of the page, without an edition's prefix."""
    now = timezone.now()
    SiteIdentity(
        name="樟溪门户",
        seal="樟",
        tagline="田里、水边和老街",
        organiser="融媒体中心",
        icp_licence="某ICP备12345678号",
        police_record="某公网安备 12345678901234号",
        identification_code="1234567890",
        email="desk@zhangxi.example",
    ).save()
    FooterLink.objects.create(
        identity_id=1, name="县图书馆", url="https://library.example.cn/"
    )
    EmergencyNotice.objects.create(
        text="北门桥今晚封闭检修", url="/corrections/", shown_from=now - DAY
    )
    statement = StatementPage.objects.create(
        slug="us", title="关于我们", body="<p>我们写县里的事。</p>"
    )
    top = factories.channel(name="乡村", intro="田里和水边。")
    below = factories.channel(name="农事", parent=top)
    closed = factories.channel(name="旧栏目", closed_on=now.date())
    gallery = factories.channel(name="好人", kind=Channel.Kind.GALLERY)
    for number in range(7):
        factories.channel(name=f"频道名字{number}")
    editor = Editor.objects.create(name="周禾", jobs="责任编辑", office="0000-1234")
    author = Author.objects.create(name="林渡")
    promotion = Source.objects.create(name="商讯", is_promotion=True)
    short = factories.article(
        title="今晚停水", channel=below, body="<p>今晚停水。</p>", published=True
    )
    promoted = factories.article(channel=below, source="", body="<p>推广。</p>" * 3)
    promoted.source = promotion
    promoted.save()
    publishing.publish(promoted, by=None)
    long = long_story(below, now, cover=factories.picture(width=800, height=450))
    plain = long_story(below, now, script="zh-Hant", standfirst="四天，七個村。")
    persons = [_person(name, gallery) for name in ("姚红梅", "汤桂香")]
    withdrawn = factories.article(channel=below, published=True)
    publishing.withdraw(withdrawn, by=None, public_note="地点有误。")
    corrected = factories.article(channel=below, published=True)
    for kind, note in (
        (Correction.Kind.CORRECTION, "原文“三十户”应为“十三户”。"),
        (Correction.Kind.CLARIFICATION, "https://news.example.cn/" + "long-" * 30),
    ):
        publishing.correct(corrected, publishing.PublicNote(kind, note), by=None)
    expired = factories.article(channel=below, published=True)
    expired.published.update(visible_until=timezone.now())
    Placement.objects.create(
        slot=Placement.Slot.PINNED, channel=below, article=long, shown_from=now - DAY
    )
    topic = _topic(now, [long, short], persons)
    draft = factories.article(title="还没发布", channel=below)
    link = previews.share(draft, days=1, by=factories.staff(Role.CHIEF))
    Tag.objects.filter(name="老街").update(definition="南门外的一条街。")
    return {
        "home": "/",
        "channel": top.get_absolute_url(),
        "sub-channel": below.get_absolute_url(),
        "empty channel": Channel.objects.get(name="频道名字0").get_absolute_url(),
        "closed channel": closed.get_absolute_url(),
        "gallery": gallery.get_absolute_url(),
        "person": f"/article/{persons[0].pk}/",
        "tag": "/tag/老街/",
        "short story": f"/article/{short.pk}/",
        "promoted story": f"/article/{promoted.pk}/",
        "long story": f"/article/{long.pk}/",
        "traditional story": f"/article/{plain.pk}/",
        "corrected story": f"/article/{corrected.pk}/",
        "preview": f"/preview/{previews.token_of(link)}/",
        "corrections": "/corrections/",
        "topic": topic.get_absolute_url(),
        "topics": "/topic/",
        "archive": "/archive/",
        "archive day": f"/archive/{timezone.localdate():%Y/%m/%d}/",
        "editor": editor.get_absolute_url(),
        "author": author.get_absolute_url(),
        "statement": statement.get_absolute_url(),
        "search": "/search/",
        "search found": "/search/?q=老街",
        "search without results": "/search/?q=老街 飞船",
        "search refused": "/search/?q=-雨",
        "share": f"/share/{long.pk}/",
        "report": f"/report/?article={long.pk}",
        "feeds": "/feeds/",
        "withdrawn": f"/article/{withdrawn.pk}/",
        "expired": f"/article/{expired.pk}/",
        "missing": "/nowhere/",
    }


def long_story(channel: Channel, now: datetime.datetime, **words) -> Article:
    """Published long ago: two-line headings, wide tables, every fact."""
    story = factories.article(
        title=LONG_TITLE,
        subtitle="一条河的一生，和河边的人",
        kicker="长读",
        channel=channel,
        body="",
        authors=("林渡",),
        source="樟溪日报",
        tags=("老街", "小河"),
        original_published_at=now - datetime.timedelta(days=800),
        original_url="https://news.example.cn/1",
        **words,
    )
    Section.objects.create(article=story, position=1, body="<p>雨停了。</p>" * 9)
    for place, heading in enumerate(["源头", "老街的桥", "湖"], start=2):
        Section.objects.create(
            article=story,
            position=place,
            heading=heading,
            subheading="走到这里天亮了",
            body=f"<p>{'河水很慢。' * 40}</p>{TABLE}",
        )
    publishing.publish(story, by=None)
    return story


def _person(name: str, gallery: Channel) -> Article:
    cover = factories.picture(width=300, height=400) if name[0] == "姚" else None
    person = factories.article(title=name, channel=gallery, cover=cover)
    Honour.objects.create(
        article=person,
        title="助人为乐好人",
        year=2025,
        category="助人为乐",
        role="司机",
    )
    publishing.publish(person, by=None)
    return person


def _topic(
    now: datetime.datetime, stories: list[Article], persons: list[Article]
) -> Topic:
    topic = Topic.objects.create(
        slug="river", title="一条河", intro="从源头到湖边。", visible_from=now - DAY,
        cover=factories.picture(width=800, height=450),
    )  # fmt: skip
    layouts = TopicBlock.Layout
    for place, layout in enumerate(layouts):
        block = TopicBlock.objects.create(
            topic=topic, heading=f"第 {place} 部分", layout=layout, position=place
        )
        if layout == layouts.TIMELINE:
            TopicEntry.objects.create(
                block=block, happened_on=now.date(), text="走到湖边。"
            )
        elif layout == layouts.FIGURES:
            TopicEntry.objects.create(block=block, figure="47 公里", text="全长")
        for story in persons if layout == layouts.PEOPLE else stories:
            TopicEntry.objects.create(block=block, article=story)
    return topic
