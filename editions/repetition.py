"""Words and marks typed twice by mistake, and not those that Chinese doubles on purpose."""

import re
from collections.abc import Iterator
from typing import Final

from editions.addresses import HAN
from editions.conversion import to_source
from editions.suspicions import Kind, Suspicion

# Particles that are never doubled, with what may stand around two of them: the end of
# one word and the beginning of another (现在|在, 目的|的, 参与|与).
_PARTICLES: Final = (
    ("的", "目标有无众快美滴", "确的"),
    ("了", "为除不好明末未终完", "解结却然如断不得"),
    ("在", "现存实所自内潜旨好", "线校职场建编"),
    ("是", "于但还或可只要就若总不也都凡老硬国", "非否"),
    ("和", "共温总缓饱柔平祥谐随亲调中议讲媾不晴", "平谐解睦美气好谈约"),
    ("与", "参给赠授", "会"),
    ("把", "一两几火拖门手大刀", "关握守控"),
    ("被", "棉盖植", ""),
    ("及", "以涉普危埃波触来顾不", "时格其"),
    ("而", "然从因进反", "今且立"),
    ("从", "自服听跟顺盲随遵", "事业前来此容"),
    ("将", "大小中上少老健武麻虾主部名即必", "军要来领"),
    ("我", "自敌大小忘", ""),
    ("们", "", ""),
    ("这", "", ""),
    ("于", "由对关至终等位属处基鉴在过善勇", "是今"),
    ("并", "合吞兼归", "且非购"),
)
_MEANT_TWICE: Final = (
    "研究 讨论 学习 商量 考虑 休息 放松 了解 打听 活动 锻炼 收拾 打扫 整理 交流 体验 感受 "
    "认识 琢磨 合计 打扮 介绍 参谋 照顾 帮助 教育 教训 表现 热闹 高兴 开心 凉快 暖和 清静 "
    "轻松 准备 检查 调查 反省 反思 回忆 回味 比较 比划 分析 观察 观摩 参观 尝试 练习 复习 "
    "温习 指点 指导 调整 调理 改善 改进 关心 安慰 庆祝 意思 见识 走动 溜达 散步 聊天 拾掇 "
    "打量 打探 掂量 思考 思量 评论 评价 评理 评议 议论 谈论 沟通 联系 联络 熟悉 适应 配合 "
    "享受 品味 品尝 欣赏 修理 修改 讲究 讲解 解释 说明 支持 鼓励 表扬 批评 宣传 推荐 展示 "
    "加油 谢谢 再见 拜托 恭喜 欢迎 快点 慢点 很多 非常 特别 真的 永远 好久 好多 许多 彻底 "
    "雪白 通红 漆黑 笔直 碧绿 冰凉 滚烫 金黄 乌黑 煞白 蜡黄 火红 瓦蓝 血红 笔挺 喷香 稀烂 "
    "哗啦 扑通 叮咚 咕咚 咕噜 轰隆 嘀嗒 滴答 叽喳 哈哈 嘿嘿 呵呵 嘻嘻 啦啦 呼噜 噼啪 咯吱 "
    "不是 是的 对的 没有 不行 不要 好的 可以 等等 多少 快快 慢慢 好好 多多 常常 天天 处处 "
    "来来 熏陶 意思 研讨 切磋 体会 权衡 斟酌 合作 舒展 舒坦 舒服 痛快 消化 磨练 磨炼"
)
_DOUBLED_WORDS: Final = frozenset(_MEANT_TWICE.split())
# 一个一个, 越走越走, 边走边走; counting; words that ask to repeat.
_OPENS_DOUBLING: Final = frozenset("一几两半越边再又零二三四五六七八九十百千万亿〇")
_INVITES: Final = frozenset("来去要想多再好先您你我")

_DOUBLE_MARK = re.compile("([，、；：])\\1|(?<!。)。。(?!。)")


def _particle_pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            (f"(?<![{before}{mark}])" if before else f"(?<!{mark})")
            + f"{mark}{{2}}"
            + (f"(?![{after}{mark}])" if after else f"(?!{mark})")
            for mark, before, after in _PARTICLES
        )
    )


_PARTICLE = _particle_pattern()
# Two to eight characters and the same again; the shortest unit wins.
_WORD = re.compile(f"(?=(([{HAN}]{{2,8}}?)\\2))")


def repeated_words(text: str) -> Iterator[Suspicion]:
    """Places where a word stands twice; the suggestion is to have it once."""
    simplified = to_source(text)
    if len(simplified) != len(text):
        simplified = text
    for pattern in (_PARTICLE, _DOUBLE_MARK):
        for match in pattern.finditer(simplified):
            yield _suspicion(text, match.start(), 1)
    end = 0
    for match in _WORD.finditer(simplified):
        both, word = match.groups()
        if match.start() < end:
            continue
        end = match.start() + len(both)
        if not _is_meant(simplified, match.start(), word):
            yield _suspicion(text, match.start(), len(word))


def _is_meant(text: str, start: int, word: str) -> bool:
    """Whether Chinese doubles this word: laughter, counting, verbs tried out, sounds."""
    if len(set(word)) == 1 or word[0] in _OPENS_DOUBLING or word in _DOUBLED_WORDS:
        return True
    return len(word) == 2 and text[start - 1 : start] in _INVITES


def _suspicion(text: str, start: int, length: int) -> Suspicion:
    found, once = text[start : start + 2 * length], text[start : start + length]
    sentence = f"“{found}”重复了，请检查是否多打了。"
    return Suspicion(start, 2 * length, found, once, Kind.REPEATED_WORD, sentence)
