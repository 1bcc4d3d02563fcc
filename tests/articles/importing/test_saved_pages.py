"""Whole pages in many shapes: each names what is printed on it, and nothing else."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from articles.importing import extract

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Printed:
    title: str
    time: str | None
    source: str = ""
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    paragraphs: int = 3


CASES = {
    "legacy_dump.txt": Printed(
        "一條步道串起六個村——青石縣修好環湖步道方便群眾出行",
        "2021-03-09T07:05+08:00",
        "青石日報",
        ("余思遠",),
        ("范青", "鄔小禾"),
        (("問需在前", "路線怎麼走大家說了算"), ("管護在后", "每一段路都有人照看")),
        4,
    ),
    "agency_dump.txt": Printed(
        "青石文化節登場 老街變身露天展場",
        "2023-04-15T16:20+08:00",
        "青石社",
        ("林小滿",),
        ("許明真",),
    ),
    "plain_notice_dump.txt": Printed(
        "县水利局上门检修提灌站",
        "2021-04-02T08:40+08:00",
        "县水利局",
        ("鲍春水",),
        paragraphs=2,
    ),
    "glued_line_dump.txt": Printed(
        "茶山里的直播间", "2022-05-19T16:45+08:00", "青石发布", ("温一舟",), ("章节",)
    ),
    "table_layout_gbk.html": Printed(
        "县图书馆延长开放时间到晚上九点",
        "2011-11-02T09:40+08:00",
        "《青石晚报》",
        ("苗雨", "宋知秋"),
        ("姜禾", "秦岚"),
        (("夜间班车同步延长", ""),),
        4,
    ),
    "wire_bracketed_editor.html": Printed(
        "山区小学有了自己的气象站",
        "2018-05-21T10:11+08:00",
        "青石新闻网",
        ("柳依依", "邢台生"),
        ("贾书航",),
    ),
    "government_portal.html": Printed(
        "云溪镇把“村口问事”办成惯例",
        "2020-08-06T15:32+08:00",
        "县融媒体中心",
        (),
        ("程然",),
        (("当场能办的当场办", ""), ("一时办不了的有人跟", "")),
    ),
    "official_notice.html": Printed(
        "青石县人民政府办公室关于做好秋季植树工作的通知",
        "2019-09-20T09:15+08:00",
        headings=(("一、时间和范围", ""), ("二、树种和苗木", ""), ("三、管护", "")),
        paragraphs=8,
    ),
    "messenger_article.html": Printed(
        "在青石，吃一碗热腾腾的米粉",
        "2022-11-03T07:30+08:00",
        authors=("乐小米",),
        editors=("钟灵",),
        headings=(("01", "汤要熬足六个钟头"), ("02", "粉要当天现榨")),
    ),
    "taiwan_site.html": Printed(
        "舊車站變書店 每週六晚上點燈說故事",
        "2022-03-05T05:30+08:00",
        authors=("高若水",),
    ),
    "taiwan_office_big5.html": Printed(
        "河邊公園明天開放", "2023-06-01T09:30+08:00", "青石縣政府"
    ),
    "br_paragraphs.html": Printed(
        "老渡口的最后一班船",
        "2009-05-06T08:18+08:00",
        "青石晨报",
        ("邵一帆",),
        ("封雪",),
        (("船会留在岸边", ""),),
        4,
    ),
    "hashed_classes.html": Printed(
        "县城里的修表铺｜手艺人的一天",
        "2023-02-14T09:26+08:00",
        "青石新闻",
        ("骆驼", "舒窈"),
        ("应小雨",),
        (("零件越来越难找", ""), ("年轻人又来了", "")),
    ),
    "boxed_paragraphs.html": Printed(
        "为什么山里的星星更亮",
        "2020-01-21",
        headings=(("离地越高越清楚", ""), ("关掉一盏灯", "")),
        paragraphs=4,
    ),
    "account_without_year.html": Printed(
        "阳台上也能种出一篮子菜",
        None,
        authors=("青石菜农",),
        headings=(("先备几个深一点的花盆", ""), ("再买一袋现成的营养土", "")),
    ),
    "portal_codes.html": Printed(
        "乡村快递站怎么开了下来",
        "2019-09-26T12:11+08:00",
        "青石商报",
        ("巫小舟",),
        ("倪可",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_page_gives_what_is_printed_on_it(name):
    page = extract((PAGES / name).read_bytes(), name)

    assert page.error == ""
    assert CASES[name] == Printed(
        page.title,
        page.published_at,
        page.source,
        page.authors,
        page.editors,
        tuple((first, second) for first, second in page.headings),
        sum(len(section.paragraphs) for section in page.sections),
    )


def test_every_sample_page_has_its_expectation():
    assert {path.name for path in PAGES.iterdir()} == set(CASES)


def test_the_path_of_channels_is_read():
    page = extract((PAGES / "government_portal.html").read_bytes(), "x.html")

    assert page.breadcrumb == ("首页", "新闻动态", "乡镇动态")


def test_the_address_of_the_page_is_read_from_its_head():
    page = extract((PAGES / "messenger_article.html").read_bytes(), "x.html")

    assert page.original_url == "https://mp.example.com/s/abcdef123456"


def test_kicker_and_subtitle_stand_around_the_title():
    page = extract((PAGES / "legacy_dump.txt").read_bytes(), "x.txt")

    assert (page.kicker, page.subtitle) == ("鄉村走筆", "——來自雲溪鎮的見聞")
