"""Reading a pasted manuscript, and making the desk copy. Names and words are invented."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.rights import Denied
from accounts.roles import Role
from articles.manuscripts import (
    Confidence,
    Draft,
    DraftSection,
    create_from,
    propose,
)
from articles.models import Article, Contribution, Editor
from articles.refusals import Refused
from tests import factories

LEAD = "入春以来,青石县的乡间公路上车来车往。去年全县新修农村公路86公里,串起32个村庄(含两座小桥)。"
FIRST = "动工之前,镇里先开了九场院坝会,把图纸挂在村口,谁有意见谁写在旁边,村民都说好。"
SECOND = (
    "公路分成十二段,每段由附近的村民小组轮流照看,遇到树枝折断、路灯不亮,当天就能报修。"
)

PLAIN = f"""湖畔新路通到家门口
——青石县农村公路建设见闻
（本报记者 余思远 通讯员 范青）

{LEAD}

一、路修到哪里大家说了算
{FIRST}
二、每一段路都有人照看
{SECOND}

责编：邱小烨、罗小娜
审核：鲁一
"""

PAGE = f"""频道首页政务要闻青石党建生活旅游教育
青石网>>生活

湖畔新路通到家门口

2021年03月09日07:05    来源:青石日报

{LEAD}

问需在前

路线怎么走大家说了算

{FIRST}

管护在后

{SECOND}(余思远)

(责编:邱小烨、罗小娜)
微信“扫一扫”添加“青石生活”
"""

WORD = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<!--[if gte mso 9]><xml><w:WordDocument>字处理</w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {{margin:0cm}}</style></head><body><!--StartFragment-->
<p class=MsoNormal align=center><b><span style='font-size:22pt'>湖畔新路通到家门口<o:p></o:p></span></b></p>
<p class=MsoNormal>本报记者<span lang=EN-US>&nbsp; </span>余思远</p>
<p class=MsoNormal style='text-indent:32pt'>{LEAD}据<b>县交通局</b><a href="https://roads.example/a">介绍</a>，路面今年还要加宽。</p>
<p class=MsoNormal><b>问需在前<br>路线怎么走大家说了算</b></p>
<p class=MsoNormal>{FIRST}<img src="file:///C:/a.png"></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>保留老码头</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>桥面加宽到三米</p>
<p class=MsoNormal><b>管护在后</b></p>
<p class=MsoNormal>{SECOND}</p>
<table><tr><td>村</td><td>公里</td></tr><tr><td>石桥</td><td>3.2</td></tr></table>
<p class=MsoNormal>县里准备把这个办法用到其他道路上，让修好的路一直好用。</p>
<p class=MsoNormal>责任编辑：范青</p><!--EndFragment--></body></html>"""

MESSENGER = f"""<div id="js_content"><section data-tools="x"><section style="text-align:center">
<span><strong>湖畔\u200b新路通到家门口</strong></span></section></section>
<section><section><span style="letter-spacing:1px">{LEAD}</span></section></section>
<p><img data-src="https://pictures.example/x"></p><section style="display:none">看不见的一句。</section>
<section><p style="font-weight:700">问需在前</p></section><section><p><span>{FIRST}</span></p>
<ul><li><p>统一养护</p></li><li><p>统一报修</p></li></ul></section>
<p>来源：青石发布</p><p>编辑：范青</p><p>微信扫一扫关注青石发布</p></div>"""


def headings(proposal) -> list[tuple[str, str]]:
    return [
        (section.heading.value, section.subheading)
        for section in proposal.sections
        if section.heading.value
    ]


def test_a_manuscript_as_reporters_type_it_gives_every_field():
    read = propose(PLAIN)

    assert read.title.value == "湖畔新路通到家门口"
    assert read.subtitle.value == "——青石县农村公路建设见闻"
    assert read.authors.value == "余思远、范青"
    assert read.editors.value == "邱小烨、罗小娜"
    assert read.published.value == ""
    assert headings(read) == [
        ("一、路修到哪里大家说了算", ""),
        ("二、每一段路都有人照看", ""),
    ]
    assert read.left_over == ("审核：鲁一",)


def test_a_whole_page_pasted_as_text_loses_its_navigation_and_keeps_its_story():
    read = propose(PAGE)

    assert read.title.value == "湖畔新路通到家门口"
    assert read.published.value == "2021-03-09T07:05+08:00"
    assert (read.source.value, read.editors.value) == ("青石日报", "邱小烨、罗小娜")
    assert headings(read) == [
        ("问需在前", "路线怎么走大家说了算"),
        ("管护在后", ""),
    ]
    assert "青石网>>生活" in read.left_over
    assert "去掉了页面导航、二维码说明等 3 行，列在最下面。" in read.cleaned


def test_every_value_shows_its_line_and_how_sure_it_is():
    read = propose(PAGE)

    assert read.source.evidence == "2021年03月09日07:05 来源：青石日报"
    assert read.editors.evidence == "（责编：邱小烨、罗小娜）"
    assert read.editors.confidence == Confidence.SURE
    assert read.authors.confidence == Confidence.LIKELY
    assert read.kicker.confidence is None


@pytest.mark.parametrize("label", ["标题：", "【标题】：", "题目:"])
def test_labelled_lines_over_the_text_are_believed(label):
    read = propose(
        f"引题：乡村行走\n{label}湖畔新路通到家门口\n副题：见闻两则\n{LEAD}\n"
    )

    assert (read.kicker.value, read.title.value, read.subtitle.value) == (
        "乡村行走",
        "湖畔新路通到家门口",
        "见闻两则",
    )
    assert read.title.confidence == Confidence.SURE


@pytest.mark.parametrize("mark", ["「{}」", "【{}】", "■{}", "小标题：{}", "## {}"])
def test_lines_that_the_reporter_marks_are_headings_without_the_mark(mark):
    read = propose(f"湖畔新路通到家门口\n{LEAD}\n{mark.format('问需在前')}\n{FIRST}\n")

    assert headings(read) == [("问需在前", "")]
    assert read.sections[1].heading.confidence == Confidence.SURE


def test_punctuation_between_chinese_characters_is_restored_and_counted():
    read = propose(f"湖畔新路通到家门口\n{LEAD}\n来信请发 a,b@news.example,谢谢。\n")

    assert "入春以来，青石县" in read.sections[0].body
    assert "（含两座小桥）" in read.sections[0].body
    assert "恢复了 5 处全角标点。" in read.cleaned


def test_word_keeps_bold_links_lists_and_tables_and_loses_the_rest():
    read = propose(html=WORD)
    lead, first, second = (section.body for section in read.sections)

    assert read.title.value == "湖畔新路通到家门口"
    assert (read.authors.value, read.editors.value) == ("余思远", "范青")
    assert headings(read) == [
        ("问需在前", "路线怎么走大家说了算"),
        ("管护在后", ""),
    ]
    assert "<strong>县交通局</strong>" in lead
    assert 'href="https://roads.example/a"' in lead
    assert "<ol><li><p>保留老码头</p></li><li><p>桥面加宽到三米</p></li></ol>" in first
    assert "<td><p>石桥</p></td><td><p>3.2</p></td>" in second
    assert "Mso" not in lead + first + second
    assert "字处理" not in str(read)
    assert read.cleaned[0].startswith("去掉了 Word 的格式")
    assert "去掉了 1 张图片，请另外上传到图片库。" in read.cleaned


def test_a_first_level_heading_is_the_title_when_nothing_stands_over_it():
    read = propose(
        html=f"<h1>湖畔新路通到家门口</h1><p>{LEAD}</p><h2>问需在前</h2><p>{FIRST}</p>"
    )

    assert read.title.value == "湖畔新路通到家门口"
    assert read.title.confidence == Confidence.SURE
    assert headings(read) == [("问需在前", "")]


def test_first_level_headings_after_the_text_has_begun_head_sections():
    read = propose(
        html=f"<p>湖畔新路通到家门口</p><p>{LEAD}</p><h1>问需在前</h1><p>{FIRST}</p>"
    )

    assert read.title.value == "湖畔新路通到家门口"
    assert headings(read) == [("问需在前", "")]


def test_an_article_of_a_messenger_loses_its_styles_and_invisible_characters():
    read = propose(html=MESSENGER)

    assert read.title.value == "湖畔新路通到家门口"
    assert headings(read) == [("问需在前", "")]
    assert (read.source.value, read.editors.value) == ("青石发布", "范青")
    assert "<ul><li><p>统一养护</p></li><li><p>统一报修</p></li></ul>" in (
        read.sections[1].body
    )
    assert "看不见的一句" not in str(read)
    assert "去掉了 1 个看不见的字符。" in read.cleaned


def test_traditional_text_made_by_a_machine_comes_back_to_simplified():
    text = (
        "頻道首頁政務要聞青石黨建生活旅游教育\n青石網>>生活\n湖邊新路通到家門口\n"
        "2021年03月09日07:05 來源:青石日報\n"
        "春分前后,鎮裡的干部在村裡走了三遍,最后把老碼頭也划了進來。先后修了九條路,村干部說好。\n"
        "(責編:范青、鄔小禾)\n"
    )

    read = propose(text)

    assert read.title.value == "湖边新路通到家门口"
    assert read.title.evidence == "湖邊新路通到家門口"
    assert read.script == "zh-Hans"
    assert "原文是机器转换的繁体，已还原为简体。" in read.cleaned


def test_text_that_is_no_story_still_comes_through_whole():
    read = propose("春\n夏\n秋\n冬\n")

    assert [section.body for section in read.sections] == [
        "<p>春</p><p>夏</p><p>秋</p><p>冬</p>"
    ]
    assert read.error == ""


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ({"text": "  \n\u200b\n"}, "没有文字"),
        ({"text": "字" * 300_001}, "超过 30 万字"),
        ({"text": "春\n" * 5_001}, "超过 5000 行"),
        ({"html": "<div>" * 400 + "字"}, "太复杂"),
        ({"html": "<b>字</b>" * 11_000}, "太复杂"),
        ({"html": "<p>" + "字" * 300_001}, "超过 30 万字"),
    ],
)
def test_absurd_input_is_refused_with_a_sentence(pasted, said):
    read = propose(**pasted)

    assert said in read.error
    assert read.sections == ()


def test_tags_that_never_end_are_walked_through_once():
    read = propose(html="<a" * 400_000)

    assert read.error


def test_scripts_and_foreign_addresses_do_not_get_into_the_text():
    read = propose(
        html=f"<p>湖畔新路通到家门口</p><p>{LEAD}<script>alert(1)</script>"
        "<a href='javascript:alert(1)' onclick='x()'>点这里</a>还有别的路也在修。</p>"
    )
    body = read.sections[0].body

    assert "点这里" in body
    assert "alert" not in body
    assert "onclick" not in body


@pytest.fixture
def draft() -> Draft:
    return Draft(
        title="湖畔新路通到家门口",
        channel=factories.channel(),
        source="青石日报",
        authors=("余思远",),
        editors=("邱小烨", "罗小娜"),
        published="2021-03-09T07:05+08:00",
        sections=(
            DraftSection(body="<p>开头。</p>"),
            DraftSection("问需在前", "大家说了算", "<p>正文。<script>x</script></p>"),
        ),
    )


@pytest.mark.django_db
def test_the_desk_copy_has_what_was_checked_and_says_who_made_it(draft):
    editor = factories.staff(Role.EDITOR)
    now = timezone.now()

    article = create_from(draft, by=editor, now=now)

    article.refresh_from_db()
    assert [(s.heading, s.subheading, s.body) for s in article.sections.all()] == [
        ("", "", "<p>开头。</p>"),
        ("问需在前", "大家说了算", "<p>正文。</p>"),
    ]
    assert [credit.editor.name for credit in article.editor_credits.all()] == [
        "邱小烨",
        "罗小娜",
    ]
    assert article.original_precision == "minute"
    assert (article.created_by, article.saved_by, article.version) == (
        editor,
        editor,
        1,
    )
    assert Contribution.objects.get(article=article).person == editor
    assert AuditEntry.objects.get(person=editor).act == "create"


@pytest.mark.django_db
def test_an_editor_who_is_in_the_list_with_a_desk_is_not_listed_again(draft):
    Editor.objects.create(name="邱小烨", desk="要闻部")

    create_from(draft, by=factories.staff(Role.EDITOR), now=timezone.now())

    assert Editor.objects.filter(name="邱小烨").count() == 1


@pytest.mark.django_db
def test_reporters_cannot_put_new_names_into_the_list_of_editors(draft):
    reporter = factories.staff(Role.REPORTER)
    Editor.objects.create(name="邱小烨")

    with pytest.raises(Refused, match="罗小娜"):
        create_from(draft, by=reporter, now=timezone.now())

    known = dataclasses.replace(draft, editors=("邱小烨",))
    assert create_from(known, by=reporter, now=timezone.now()).created_by == reporter


@pytest.mark.django_db
def test_nobody_makes_a_story_in_a_channel_that_is_not_theirs(draft):
    reporter = factories.staff()
    factories.grant(reporter, Role.REPORTER, factories.channel())

    with pytest.raises(Denied):
        create_from(draft, by=reporter, now=timezone.now())


@pytest.mark.django_db
def test_a_field_that_does_not_fit_stores_nothing(draft):
    bad = dataclasses.replace(
        draft, sections=(*draft.sections, DraftSection("长" * 61, "", "<p>文。</p>"))
    )

    with pytest.raises(ValidationError):
        create_from(bad, by=factories.staff(Role.EDITOR), now=timezone.now())

    assert not Article.objects.exists()
