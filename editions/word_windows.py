"""The word around a wrong character, so that an editor sees what is meant at a glance."""

import re
from typing import Final

from editions.addresses import HAN

# Common words with the characters that careless conversion gets wrong, as Simplified.
_LISTED: Final = (
    "产后 以后 之后 然后 后来 最后 先后 今后 背后 前后 后面 后续 随后 后果 落后 此后 后勤 后代 事后 会后 后期 "
    "干部 骨干 干事 干警 干群 干劲 干活 能干 实干 苦干 快干 干线 主干 树干 干净 笋干 干旱 干燥 饼干 干杯 "
    "干预 干涉 干扰 模范 示范 规范 范围 防范 典范 范例 师范 业余 其余 多余 余额 富余 剩余 余万 余人 "
    "依托 委托 托管 信托 拜托 标准 准备 准确 批准 水准 准时 准则 细致 精致 战斗 奋斗 斗争 斗志 北斗 "
    "冲锋 冲突 冲击 冲刺 缓冲 松茸 松树 松柏 轻松 放松 宽松 制造 制作 研制 制品 制度 制定 机制 控制 体制 "
    "发展 发现 发布 发生 头发 理发 出发 发言 联系 关系 系统 体系 系列 维系 复杂 恢复 回复 答复 复习 重复 "
    "反复 复兴 批复 复查 面粉 面条 面包 面对 方面 历史 日历 经历 农历 征求 征收 特征 征文 象征 长征 征集 "
    "志愿 标志 杂志 同志 日志 游客 旅游 游戏 游览 导游 上游 游泳 采访 采取 采用 开采 采集 采购 采摘 "
    "计划 规划 划分 策划 开辟 这里 那里 哪里 家里 心里 村里 里面 公里 邻里 稻谷 谷物 山谷 钟表 表示 代表 "
    "手表 分钟 时钟 茶几 几乎 只有 只能 一只 船只 必须 胡须 丑恶 丑陋 才能 刚才 并且 并非 词汇 汇聚 汇报 "
    "汇款 总汇 联系 卷入 开卷 试卷 曲折 歌曲 酒曲 咸菜 老板 木板 黑板 舍得 宿舍 种子 种植 冲洗 沈阳 "
    "御寒 防御 姜汤 克服 攻克 秋千 千万 签名 抽签 尽管 尽快 尽力 详尽 仆人 朴素 吁请 呼吁 郁闷 浓郁 "
    "症结 致力 致富 别致 景致 当选 上当 台湾 台风 吊唁 注意 注册 注释 云南 白云 困难 困倦 占领 占用 "
    "恶心 险恶 向往 方向 须知 团结 饭团 万一 获得 收获 捕获 胜利 胜任 苏州 复苏 坛子 论坛 家具 工具"
)
_WORDS: Final = frozenset(_LISTED.split())
_LONGEST: Final = 2
_HAN = re.compile(f"[{HAN}]")


def word_around(text: str, start: int, end: int) -> range:
    """Offsets of a common word that holds `start` to `end`, or of these and a neighbour.

    `text` is Simplified. The neighbours on both sides are taken if no word is known.
    """
    for first in range(start, max(0, end - _LONGEST) - 1, -1):
        last = first + _LONGEST
        if first >= 0 and last >= end and text[first:last] in _WORDS:
            return range(first, last)
    before = start > 0 and bool(_HAN.match(text[start - 1]))
    after = bool(_HAN.match(text[end : end + 1]))
    if end - start > 1:
        return range(start, end)
    return range(start - before, end + after)
