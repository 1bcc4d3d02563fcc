"""Comparing two versions of a story. Words are invented."""

import random
from html import escape

import pytest
from hypothesis import given, settings, strategies as st

from articles import text_runs
from articles.blocks import blocks_of
from articles.changes import Comparison, Fate, Names
from articles.comparing import compare
from articles.text_runs import RunKind, common, runs

KEPT, REMOVED, ADDED = RunKind.KEPT, RunKind.REMOVED, RunKind.ADDED
LEAD = "春雨过后，河边的老街又热闹起来。"
BRIDGE = "镇里花了三个月修好石桥，桥面铺了新的青石板，两边装了护栏。"
SCHOOL = "学校把操场让出来当作停车场，周末可以停一百二十辆车。"


def section(*paragraphs: str, anchor: str = "s-1", heading: str = "", sub: str = ""):
    body = "".join(
        text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs
    )
    return {"anchor": anchor, "heading": heading, "subheading": sub, "body": body}


def content(*sections: dict, **fields) -> dict:
    return {
        "kicker": "",
        "title": "老街修好了",
        "subtitle": "",
        "standfirst": "",
        "script": "zh-Hans",
        "channel": 1,
        "further_channels": [],
        "source": {"name": "", "url": ""},
        "original_url": "",
        "authors": [],
        "editors": ["周禾"],
        "tags": [],
        "cover": None,
        "sections": list(sections) or [section(LEAD)],
        **fields,
    }


def told(made) -> str:
    """Runs in one line: kept, [-removed-], [+added+], [~reformatted~]."""
    signs = {KEPT: "{}", REMOVED: "[-{}-]", ADDED: "[+{}+]"}
    return "".join(signs.get(run.kind, "[~{}~]").format(run.text) for run in made)


def fates(comparison: Comparison, place: int = 0) -> list[Fate]:
    return [block.fate for block in comparison.sections[place].blocks]


def rebuilt(comparison: Comparison, side: str) -> list[str]:
    """Every paragraph of one version, from the runs of the comparison alone."""
    gone = ADDED if side == "before" else REMOVED
    blocks = [
        (getattr(block, f"{side}_place"), block.runs)
        for section in comparison.sections
        for block in section.blocks
        if getattr(block, f"{side}_place") and block.fate != Fate.MOVED_AWAY
    ]
    texts = []
    for _, made in sorted(blocks, key=lambda item: item[0]):
        texts += "".join(run.text for run in made if run.kind != gone).split("\n")
    return texts


# Runs of characters


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("他说：“好”", "他说：“好。”", "他说：“好[+。+]”"),
        ("面积12.5万亩", "面积13.5万亩", "面积[-12.5-][+13.5+]万亩"),
        ("我们开会。", "我们开会。他们也开会。", "我们开会。[+他们也开会。+]"),
        ("甲乙丙，丁戊。", "丁戊。", "[-甲乙丙，-]丁戊。"),
        ("", "新", "[+新+]"),
        ("旧", "", "[-旧-]"),
        ("同", "同", "同"),
        ("", "", ""),
    ],
)
def test_runs_tell_what_an_editor_would_say(before, after, expected):
    assert told(runs(before, after)) == expected


def test_a_crumb_between_two_larger_changes_goes_with_them():
    made = runs("石桥已经修缮完毕的消息传开", "石桥正在重新设计的消息传开")
    assert told(made) == "石桥[-已经修缮完毕-][+正在重新设计+]的消息传开"


def test_another_text_is_replaced_as_a_whole():
    made = runs("河边的老街修好了，游客来了。", "粮食局发布夏收通知，请各乡镇照办。")
    assert [run.kind for run in made] == [REMOVED, ADDED]


def test_a_changed_blank_can_be_seen():
    added = next(run for run in runs("第一批", "第一\u3000批") if run.kind == ADDED)
    assert (added.text, added.shown) == ("\u3000", "□")
    broken = next(run for run in runs("第一批", "第一\n批") if run.kind == ADDED)
    assert (broken.shown, broken.ends_line) == ("↵", True)
    hidden = next(run for run in runs("桥", "桥\u200b") if run.kind == ADDED)
    assert hidden.shown == "[零宽空格]"


def test_a_change_of_signs_alone_is_marked_as_small():
    assert [run.is_small for run in runs("来了，", "来了。")][1:] == [True, True]
    assert not runs("来", "去")[0].is_small


_words = st.text(alphabet="甲乙丙，。“” 1a\n\u3000𠮷e\u0301", max_size=60)


@settings(deadline=None)
@given(before=_words, after=_words)
def test_kept_and_removed_runs_are_the_old_text_and_kept_and_added_the_new(
    before, after
):
    made = runs(before, after)
    assert "".join(run.text for run in made if run.kind != ADDED) == before
    assert "".join(run.text for run in made if run.kind != REMOVED) == after
    assert all(run.text for run in made)


@settings(deadline=None)
@given(
    before=st.text(alphabet="abc", max_size=14),
    after=st.text(alphabet="abc", max_size=14),
)
def test_what_two_rows_have_in_common_is_as_long_as_can_be(before, after):
    table = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i, x in enumerate(before):
        for j, y in enumerate(after):
            best = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if x == y else best
    found = common(before, after)
    assert len(found) == table[-1][-1]
    assert all(before[i] == after[j] for i, j in found)
    assert found == sorted(found)


# Lines of a story


def test_the_same_content_makes_an_empty_comparison():
    same = compare(content(), content())
    assert same.is_empty
    assert same.summary == "两版没有不同。"


@pytest.mark.parametrize(
    ("changes", "label", "expected"),
    [
        ({"title": "老街修完了"}, "标题", "老街修[-好-][+完+]了"),
        ({"standfirst": "一句导语。"}, "导语", "[+一句导语。+]"),
        ({"channel": 2}, "频道", "[-要闻-]、[+专题+]"),
        ({"further_channels": [2]}, "同时引用到", "[+专题+]"),
        ({"tags": [7]}, "标签", "[+乡村+]"),
        ({"tags": [8]}, "标签", "[+已删除的标签（8）+]"),
        ({"editors": ["周禾", "林一"]}, "责任编辑", "周禾、[+林一+]"),
        ({"source": {"name": "县报", "url": ""}}, "来源", "[+县报+]"),
        ({"script": "zh-Hant"}, "原文文字", "[-简体-]、[+繁体+]"),
        ({"original_url": "https://a.example/"}, "原文链接", "[+https://a.example/+]"),
    ],
)
def test_a_changed_line_is_named_and_told(changes, label, expected):
    names = Names(channels={1: "要闻", 2: "专题"}, tags={7: "乡村"})
    comparison = compare(content(), content(**changes), names)
    assert [(item.label, told(item.runs)) for item in comparison.fields] == [
        (label, expected)
    ]
    assert comparison.summary.startswith(f"改 1 项（{label}）；正文没有改动")


def test_authors_in_another_order_are_a_change():
    comparison = compare(
        content(authors=["林一", "王二"]), content(authors=["王二", "林一"])
    )
    assert [item.label for item in comparison.fields] == ["作者"]


def _cover(picture: int, **said) -> dict:
    return {"picture": picture, "alt_text": "石桥", "caption": "", "credit": ""} | said


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (None, _cover(3), "加了题图。"),
        (_cover(3), None, "去掉了题图。"),
        (_cover(3), _cover(4), "换了题图。"),
        (_cover(3), _cover(3, caption="新石桥"), "题图没有换，文字说明改了。"),
    ],
)
def test_what_became_of_the_cover(before, after, sentence):
    cover = compare(content(cover=before), content(cover=after)).cover
    assert cover.sentence == sentence
    assert cover.before_id == (before and before["picture"])
    assert cover.after_id == (after and after["picture"])


# Sections


def test_sections_are_changed_moved_added_and_removed():
    before = content(
        section(LEAD, anchor="a"),
        section(BRIDGE, anchor="b", heading="石桥"),
        section(SCHOOL, anchor="c", heading="学校"),
        section("医院搬进了新楼，床位多了一倍。", anchor="d", heading="医院"),
    )
    after = content(
        section(LEAD.replace("热闹", "安静"), anchor="a"),
        section(SCHOOL, anchor="c", heading="学校"),
        section(BRIDGE, anchor="b", heading="石桥"),
        section("图书馆每晚开到九点。", anchor="e", heading="图书馆"),
    )
    comparison = compare(before, after)
    # Two characters for two; a section with its heading went, another one came.
    assert comparison.summary == "改 1 节，移 1 节，增 1 节，删 1 节；改动 34 字。"
    assert {part.name for part in comparison.sections} == {
        "第 1 节",
        "第 2 节 学校",
        "第 3 节 石桥",
        "第 4 节 图书馆",
        "原第 4 节 医院",
    }
    words = {part.name: part.words for part in comparison.changed_sections}
    assert "移到" in words.get("第 2 节 学校", "") + words.get("第 3 节 石桥", "")
    assert words["第 4 节 图书馆"] == "新增"
    assert words["原第 4 节 医院"] == "删去"


def test_sections_shifted_by_a_new_one_are_not_moved():
    parts = [section(BRIDGE, anchor="b"), section(SCHOOL, anchor="c")]
    comparison = compare(content(*parts), content(section(LEAD, anchor="x"), *parts))
    assert [part.fate for part in comparison.changed_sections] == [Fate.ADDED]


def test_a_section_with_a_new_anchor_is_found_by_its_words():
    comparison = compare(
        content(section(BRIDGE, LEAD, anchor="b", heading="石桥")),
        content(section(BRIDGE, LEAD, anchor="z", heading="新石桥")),
    )
    (only,) = comparison.sections
    assert (only.fate, told(only.heading)) == (Fate.CHANGED, "[+新+]石桥")
    assert only.note == "锚点换了，指向这一节的旧链接会落空。"


def test_a_heading_that_changed_is_told():
    comparison = compare(
        content(section(LEAD, heading="石桥通了")),
        content(section(LEAD, heading="石桥修了")),
    )
    assert told(comparison.sections[0].heading) == "石桥[-通-][+修+]了"


# Paragraphs


def test_a_paragraph_moved_within_its_section_is_told_at_both_places():
    comparison = compare(
        content(section(LEAD, BRIDGE, SCHOOL)), content(section(SCHOOL, LEAD, BRIDGE))
    )
    assert fates(comparison) == [
        Fate.MOVED,
        Fate.UNCHANGED,
        Fate.UNCHANGED,
        Fate.MOVED_AWAY,
    ]
    assert comparison.sections[0].blocks[0].note == "由本节原第 3 段移来。"
    assert "移到了本节第 1 段" in comparison.sections[0].blocks[3].note
    assert comparison.changed_characters == 0


def test_a_paragraph_moved_into_another_section_is_recognised():
    comparison = compare(
        content(
            section(LEAD, BRIDGE, anchor="a"),
            section(SCHOOL, anchor="b", heading="学校"),
        ),
        content(
            section(LEAD, anchor="a"),
            section(SCHOOL, BRIDGE, anchor="b", heading="学校"),
        ),
    )
    assert fates(comparison, 0) == [Fate.UNCHANGED, Fate.MOVED_AWAY]
    assert fates(comparison, 1) == [Fate.UNCHANGED, Fate.MOVED]
    assert "第 2 节“学校”第 2 段" in comparison.sections[0].blocks[1].note


def test_a_paragraph_both_moved_and_changed_keeps_its_runs():
    comparison = compare(
        content(section(LEAD, BRIDGE, SCHOOL)),
        content(section(SCHOOL.replace("一百二十", "三百"), LEAD, BRIDGE)),
    )
    moved = comparison.sections[0].blocks[0]
    assert moved.fate == Fate.MOVED
    assert "[-一百二十-][+三百+]" in told(moved.runs)


def test_a_paragraph_split_in_two_is_not_called_new():
    comparison = compare(
        content(section(LEAD + BRIDGE)), content(section(LEAD, BRIDGE))
    )
    (only,) = comparison.sections[0].blocks
    assert only.note == "一段分成 2 段。"
    assert told(only.runs) == f"{LEAD}[+\n+]{BRIDGE}"
    back = compare(content(section(LEAD, BRIDGE)), content(section(LEAD + BRIDGE)))
    assert back.sections[0].blocks[0].note == "2 段并成一段。"


def test_unchanged_paragraphs_are_folded_together():
    comparison = compare(
        content(section(LEAD, BRIDGE, SCHOOL)),
        content(section(LEAD, BRIDGE, SCHOOL + "免费。")),
    )
    groups = comparison.sections[0].groups
    assert [(group.is_folded, len(group.blocks)) for group in groups] == [
        (True, 2),
        (False, 1),
    ]


# Formatting


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        ("石桥通车", "<p>石桥<strong>通车</strong></p>", "加粗"),
        ("<p>石桥<strong>通车</strong></p>", "石桥通车", "去掉加粗"),
        (
            "石桥通车",
            '<p>石桥<a href="https://a.example/">通车</a></p>',
            "加链接 https://a.example/",
        ),
        (
            '<p>石桥<a href="https://a.example/">通车</a></p>',
            '<p>石桥<a href="https://b.example/">通车</a></p>',
            "链接由 https://a.example/ 改为 https://b.example/",
        ),
    ],
)
def test_new_looks_of_the_same_words_are_told(before, after, note):
    comparison = compare(content(section(before)), content(section(after)))
    (block,) = comparison.sections[0].blocks
    assert told(block.runs) == "石桥[~通车~]"
    assert block.runs[1].note == note
    assert comparison.summary.endswith("文字没有增减。")


def test_a_paragraph_that_became_a_list_item_is_told():
    comparison = compare(
        content(section(LEAD)), content(section(f"<ul><li><p>{LEAD}</p></li></ul>"))
    )
    assert comparison.sections[0].blocks[0].note == "段落改成了列表项。"


def test_code_that_nobody_sees_is_still_a_difference():
    comparison = compare(
        content(section(f"<p>{LEAD}</p>")), content(section(f"<p>{LEAD}</p><p></p>"))
    )
    assert not comparison.is_empty
    assert comparison.sections[0].note == "文字和样子没有变，只有格式代码不同。"


def test_a_body_is_read_as_paragraphs_items_quotations_and_rows():
    body = (
        "<p>甲 &amp; 乙<br>丙</p><ul><li><p>一</p><ol><li><p>深</p></li></ol></li></ul>"
        "<blockquote><p>引</p></blockquote>"
        "<table><tbody><tr><th>头</th><th>尾</th></tr><tr><td><p>1</p></td><td></td></tr>"
        "</tbody></table>"
    )
    assert [(block.kind, block.depth, block.text) for block in blocks_of(body)] == [
        ("段落", 0, "甲 & 乙\n丙"),
        ("列表项", 1, "一"),
        ("编号列表项", 2, "深"),
        ("引文", 0, "引"),
        ("表头行", 0, "头 │ 尾"),
        ("表格行", 0, "1 │ "),
    ]


# Whole stories

_paragraph = st.sampled_from(
    [
        LEAD,
        BRIDGE,
        SCHOOL,
        LEAD + BRIDGE,
        LEAD[:9],
        "短。",
        "<p>石<strong>桥</strong></p>",
    ]
) | st.text(alphabet="甲乙丙丁，。 1", min_size=1, max_size=12).map(
    lambda text: f"<p>{escape(text)}</p>"
)
_section = st.lists(_paragraph, max_size=5)
_story = st.dictionaries(st.sampled_from("abcd"), _section, min_size=1, max_size=4)


def _story_of(sections: dict[str, list[str]]) -> dict:
    return content(*(section(*texts, anchor=key) for key, texts in sections.items()))


def _paragraphs(story: dict) -> list[str]:
    return [
        line
        for part in story["sections"]
        for block in blocks_of(part["body"])
        for line in block.text.split("\n")
    ]


@settings(deadline=None)
@given(old=_story, new=_story)
def test_both_stories_can_be_rebuilt_from_a_comparison(old, new):
    before, after = _story_of(old), _story_of(new)
    comparison = compare(before, after)
    assert rebuilt(comparison, "before") == _paragraphs(before)
    assert rebuilt(comparison, "after") == _paragraphs(after)
    keys = [block.key for part in comparison.sections for block in part.blocks]
    assert len(keys) == len(set(keys))
    assert comparison.is_empty == (before == after)


def _long_story(seed: int, paragraph: int) -> dict:
    chance = random.Random(seed)  # noqa: S311
    letters = [chr(0x4E00 + number) for number in range(2500)] + ["，", "。"] * 20
    texts = [
        "".join(chance.choices(letters, k=paragraph))
        for _ in range(20_000 // paragraph)
    ]
    return content(
        *(
            section(*texts[n::10], anchor=f"{seed}-{n}")
            for n in range(10)
            if texts[n::10]
        )
    )


@pytest.mark.parametrize("paragraph", [4, 200, 20_000])
def test_work_for_two_long_stories_with_nothing_in_common_is_bounded(
    paragraph, monkeypatch
):
    done = []
    align = text_runs._longest_common

    def counted(before, after):
        work = len(before) * len(after)
        aligned = align(before, after)
        if work <= text_runs.MOST_WORK:
            done.append(work)
        else:
            assert aligned == [], "too much work was begun"
        return aligned

    monkeypatch.setattr(text_runs, "_longest_common", counted)
    comparison = compare(_long_story(1, paragraph), _long_story(2, paragraph))
    assert not comparison.is_empty
    assert sum(done) < 3 * text_runs.MOST_WORK
