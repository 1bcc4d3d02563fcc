"""Everyday words that Taiwan and Hong Kong call by another name, for the desk to switch on.

Nothing here is in force by itself: a word counts once the desk has switched it on for an
edition, and is then a term of the glossary like any other. Terms know no context, so
words that also appear by chance across two others are left out: 视频 stands in 电视频道,
短信 in 简短信息, 质量 means mass as well.
"""

from collections.abc import Collection
from typing import Final, Literal, NamedTuple

from editions.conversion import convert
from editions.models import Term

RegionalEdition = Literal["zh-tw", "zh-hk"]
REGIONAL_EDITIONS: Final[tuple[RegionalEdition, ...]] = ("zh-tw", "zh-hk")


class RegionalWord(NamedTuple):
    """A Simplified word and what readers of two editions call the thing; empty where
    they call it the same."""

    source: str
    zh_tw: str
    zh_hk: str

    def name_in(self, edition_code: RegionalEdition) -> str:
        return self.zh_tw if edition_code == "zh-tw" else self.zh_hk

    def editions(self) -> list[RegionalEdition]:
        """Those that have another name for it."""
        return [code for code in REGIONAL_EDITIONS if self.name_in(code)]

    def term(self, switched_on: Collection[RegionalEdition]) -> Term:
        """The term, not saved, that writes the word so in these editions.

        The others get what conversion gives without the term: a blank form would fall
        back on another region's.
        """
        forms = {
            code: self.name_in(code)
            if code in switched_on and self.name_in(code)
            else convert(self.source, code)
            for code in REGIONAL_EDITIONS
        }
        return Term(
            source=self.source,
            script=Term.Script.HANS,
            form_zh_hant=convert(self.source, "zh-hant"),
            form_zh_tw=forms["zh-tw"],
            form_zh_hk=forms["zh-hk"],
            origin=Term.Origin.REGIONAL,
            note="地区用词",
        )


# Word, Taiwan, Hong Kong; a dash where readers say the same. Grouped by what it is about.
_TABLE: Final = """
信息 資訊 資訊
网络 網路 -
互联网 網際網路 -
宽带网络 寬頻網路 寬頻網絡
软件 軟體 -
硬件 硬體 -
硬盘 硬碟 硬碟
服务器 伺服器 伺服器
数据库 資料庫 資料庫
应用程序 應用程式 應用程式
人工智能 人工智慧 -
智能手机 智慧型手機 -
云计算 雲端運算 雲端運算
芯片 晶片 晶片
传感器 感測器 感應器
屏幕 螢幕 -
打印 列印 -
打印机 印表機 -
复印件 影本 影印本
复印机 影印機 影印機
扫描仪 掃描器 掃描器
笔记本电脑 筆記型電腦 手提電腦
移动电话 行動電話 流動電話
移动支付 行動支付 流動支付
手机短信 手機簡訊 手機短訊
二维码 二維條碼 -
短视频 短影片 短片
视频会议 視訊會議 視像會議
在线课程 線上課程 網上課程
数字化 數位化 數碼化
数字电视 數位電視 數碼電視

出租车 計程車 的士
公交车 公車 巴士
公共汽车 公車 巴士
公交站 公車站 巴士站
旅游大巴 遊覽車 旅遊巴士
摩托车 機車 電單車
自行车 腳踏車 單車
面包车 廂型車 客貨車
人行横道 行人穿越道 行人過路處
红绿灯 - 交通燈
集装箱 貨櫃 貨櫃
脚手架 鷹架 棚架
挖掘机 挖土機 挖土機

志愿者 志工 義工
保安员 保全人員 -
外卖员 外送員 -
快递员 - 速遞員
邮递员 郵差 郵差
居民小区 住宅社區 住宅屋苑
卫生间 洗手間 洗手間
空气质量 空氣品質 空氣質素
服务质量 服務品質 服務質素
教学质量 教學品質 教學質素
产品质量 產品品質 產品質素

塑料 塑膠 塑膠
塑料袋 塑膠袋 膠袋
电饭煲 電鍋 -
土豆 馬鈴薯 薯仔
红薯 地瓜 番薯
西红柿 番茄 番茄
胡萝卜 紅蘿蔔 紅蘿蔔
卷心菜 高麗菜 椰菜
玉米 - 粟米
猕猴桃 奇異果 奇異果
草莓 - 士多啤梨
酸奶 優格 乳酪
奶酪 起司 芝士
冰激凌 冰淇淋 雪糕
盒饭 便當 飯盒
"""


def _words() -> tuple[RegionalWord, ...]:
    rows = (line.split() for line in _TABLE.splitlines() if line)
    return tuple(
        RegionalWord(source, taiwan.strip("-"), hong_kong.strip("-"))
        for source, taiwan, hong_kong in rows
    )


REGIONAL_WORDS: Final = _words()
