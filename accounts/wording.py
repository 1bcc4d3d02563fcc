"""The record of acts in words: what changed, field by field."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.html import strip_tags

from accounts.models import AuditEntry, Grant

# The parts of what is recorded, as staff know them from the forms.
NAMES = {
    "title": "标题",
    "subtitle": "副题",
    "kicker": "引题",
    "standfirst": "导语",
    "channel": "频道",
    "further_channels": "同时引用到",
    "script": "原文文字",
    "source": "来源",
    "original_url": "原文链接",
    "original_published": "原发布时间",
    "authors": "作者",
    "editors": "责任编辑",
    "tags": "标签",
    "cover": "题图",
    "honour": "荣誉",
    "awarded_by": "授予单位",
    "year": "年份",
    "category": "类别",
    "is_deceased": "已故",
    "portrait": "照片",
    "revoked_on": "撤销日期",
    "sections": "正文",
    "anchor": "锚点",
    "heading": "小标题",
    "subheading": "小标题第二行",
    "body": "文字",
    "name": "名称",
    "slug": "网址名",
    "parent": "上级频道",
    "intro": "一句话介绍",
    "position": "顺序",
    "layout": "样式",
    "link_url": "链接地址",
    "review_levels": "审级",
    "needs_proofreading": "逐级校对",
    "in_navigation": "在导航栏显示",
    "url": "网址",
    "picture": "图片编号",
    "alt_text": "替代文字",
    "caption": "图注",
    "credit": "图片署名",
    "round": "第几次送审",
    "ledger": "审稿记录编号",
    "sha256": "指纹",
    "level": "审级",
    "revision": "版次编号",
    "note": "说明",
    "public_note": "公开说明",
    "kind": "类别",
    "visible_from": "上线时间",
    "visible_until": "下线时间",
    "ended_at": "结束更新",
    "until": "下线时间",
    "at": "时间",
    "role": "角色",
    "grant_channel": "频道",
    "starts_on": "从",
    "ends_on": "到",
    "granted_by": "授予人",
    "confirmed_by": "确认人",
    "in_force": "有效",
    "slot": "版位",
    "article": "稿件编号",
    "definition": "一句话说明",
    "merged_into": "并入",
    "keywords": "关键词",
    "column_type": "栏目类型",
    "closed_on": "停止更新日期",
    "username": "用户名",
    "display_name": "姓名",
    "email": "邮箱",
    "is_active": "可以登录",
    "is_superuser": "超级用户",
    "password": "密码",
    "method": "方式",
    "path": "地址",
    "verb": "要做的事",
    "filter": "筛选",
    "rows": "条数",
    "text": "文字",
    "shown_from": "从",
    "shown_until": "到",
    "occasion": "事由",
    "first_day": "第一天",
    "last_day": "最后一天",
    "is_in_footer": "在页脚显示",
    "state": "状态",
    "answer": "处理说明",
    "name_hant": "繁体站名",
    "name_tw": "台湾版站名",
    "name_hk": "香港版站名",
    "seal": "印章字",
    "emblem": "站标图片",
    "tagline": "一句话介绍",
    "organiser": "主办单位",
    "undertaker": "承办单位",
    "contact": "联系方式",
    "phone": "电话",
    "address": "地址",
    "icp_licence": "ICP 备案号",
    "police_record": "公安备案号",
    "filing": "其他备案信息",
    "identification_code": "网站标识码",
    "standard_name": "标准网站名",
    "fault_report_id": "“找错”编号",
    "is_protected": "各版照原文",
    "form_zh_hant": "繁体版",
    "form_zh_tw": "台湾版",
    "form_zh_hk": "香港版",
    "form_zh_hans": "简体版",
    "regional_words": "地区用词",
    "edition": "文字版",
    "edition_term": "本文用字",
    "read_paragraphs": "看过的段落",
}
SHORT = 24
EMPTY: tuple[Any, ...] = (None, "", [], {})


class Difference(NamedTuple):
    """One field of an entry: its name, what it was and what it became, as text."""

    name: str
    before: str
    after: str


def differences(entry: AuditEntry) -> Iterator[Difference]:
    """What the entry says, one field after the other, in the order of NAMES."""
    before, after = _parts(entry.before), _parts(entry.after)
    for part in _in_order({**before, **after}):
        yield Difference(
            NAMES.get(part, part),
            _in_words(part, before.get(part)),
            _in_words(part, after.get(part)),
        )


def summary(entry: AuditEntry) -> str:
    """The whole change on one line; long texts are cut. For lists, no query."""
    return "；".join(
        f"{NAMES.get(part, part)}：{_turn(before.get(part), after.get(part))}"
        for before, after in [(_parts(entry.before), _parts(entry.after))]
        for part in _in_order({**before, **after})
        if before.get(part) not in EMPTY or after.get(part) not in EMPTY
    )


def _in_order(parts: dict[str, Any]) -> dict[str, Any]:
    """By NAMES and not as stored: PostgreSQL keeps no order of keys."""
    places = {name: place for place, name in enumerate(NAMES)}
    known = sorted(parts, key=lambda part: (places.get(part, len(places)), part))
    return {part: parts[part] for part in known}


def _turn(was: Any, is_now: Any) -> str:
    if was in EMPTY:
        return _short(is_now)
    return f"{_short(was)} → {_short(is_now)}"


def _short(value: Any) -> str:
    text = " ".join(_text(value).split())
    return text if len(text) <= SHORT else text[:SHORT] + "…"


def _parts(value: Any) -> dict[str, Any]:
    """Whatever was recorded, by name; what has no names is the note."""
    if value is None:
        return {}
    return value if isinstance(value, dict) else {"note": value}


def _in_words(part: str, value: Any) -> str:
    """The value as text. Channels, which are kept by key, get their names."""
    if part in {"channel", "further_channels"} and value:
        keys = value if isinstance(value, list) else [value]
        channel = Grant._meta.get_field("channel").related_model
        found = channel.objects.in_bulk([key for key in keys if isinstance(key, int)])
        return "、".join(str(found.get(key, f"编号 {key}")) for key in keys)
    return _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "\n".join(
            f"{NAMES.get(part, part)}：{_text(inner)}"
            for part, inner in _in_order(value).items()
            if inner not in EMPTY and part != "anchor"
        )
    if isinstance(value, list):
        joint = "\n\n" if any(isinstance(item, dict) for item in value) else "、"
        return joint.join(_text(item) for item in value)
    return strip_tags(str(value).replace("</p>", "\n")).strip()
