"""Our own phrases for OpenCC's dictionary of Simplified text, where it errs in news.

OpenCC takes the longest phrase it knows, from left to right. Some of its phrases are
rare words that tear ordinary ones (查干 in 稽查干部), some are single persons or slips,
and some are writings that no newsroom uses. Every reading of a text knows the phrases
here. Forms are written in OpenCC's common Traditional (裏, 爲, 羣); the regional stages
follow. A phrase keeps its number of characters, and has its sentence in
tests/editions/test_phrases.py or tests/editions/regressions.tsv.
"""

from typing import Final

# Simplified phrase and its common Traditional form.
_TABLE: Final = (
    # Names of people.
    """
余秋雨 余秋雨  党进 黨進  张杰 張傑  陈杰 陳傑  茅于轼 茅于軾  振杰 振傑  文杰 文傑
纪念周恩来 紀念周恩來  影评人周 影評人周  小云 小雲
"""
    # Places, companies and foreign names.
    """
北回归线 北迴歸線  南回归线 南迴歸線  台积电 台積電  咸福宫 咸福宮  新干县 新干縣  太平里 太平里
当当网 當當網  江干区 江干區  查干 查幹  查干湖 查干湖  马里 馬里  里下河 里下河  天后宫 天后宮
文汇报 文匯報  云城区 雲城區  怀卡托 懷卡托  钟山 鍾山  里瓦斯 里瓦斯  海因里希 海因里希
埃里克 埃里克  里约 里約  里昂 里昂  里根 里根  里斯本 里斯本
"""
    # Hair and to issue.
    """
告发布 告發佈  头发布满 頭髮佈滿  理发行业 理髮行業  美发行业 美髮行業  生发 生發  生发水 生髮水
生发液 生髮液  卡发卡 卡發卡  发卡行 發卡行  发卡量 發卡量  发帖 發帖  总发帖 總發帖  编发 編發
换发 換發  白发票 白發票  并发扬 並發揚  源头发力 源頭發力
"""
    # Dry, trunks, to do.
    """
快干 快幹  快干漆 快乾漆  快干胶 快乾膠  快干衣 快乾衣  速干 速乾  干部干 幹部幹  包干 包幹
能干重活 能幹重活  干重活 幹重活  干农活 幹農活  腐干部 腐幹部  干看着 乾看着  核桃干 核桃乾
江干流 江幹流
"""
    # To make and rules.
    """
中国制度 中國制度  福建制造 福建製造  分配制 分配制  制铁 製鐵  自制的 自製的  克制 克制
与克制 與克制  要克制 要克制  和克制 和克制  力克制 力克制  克制不住 克制不住  面制品 麪製品
强制造业 強製造業  支持强制造 支持強製造
"""
    # Accurate and to allow.
    """
不准 不准  说不准 說不準  拿不准 拿不準  瞄不准 瞄不準  算不准 算不準  看不准 看不準  找不准 找不準
测不准 測不準  吃不准 喫不準  摸不准 摸不準  咬字不准 咬字不準  准入 准入  市场准入 市場准入
准字号 准字號  准钓 准釣  准生 准生  准考 准考  准驾 准駕  准予 准予  准假 准假  准时 準時
结果不准 結果不準  放不准 放不準  数据不准 數據不準  计量不准 計量不準  时间不准 時間不準
定位不准 定位不準  方向不准 方向不準  预报不准 預報不準  走时不准 走時不準  沙特准备 沙特準備
"""
    # After, queens and goddesses.
    """
球后 球後  美后 美後  元后 元後  川后 川後  群后 羣後  风后 風後  废后 廢後  后王 後王
后街 後街  后里 後裏  解封后 解封後  查封后 查封後  合影后 合影後  摄影后 攝影後  电影后 電影後
观影后 觀影後  唱歌后 唱歌後  跳舞后 跳舞後  父母后 父母後  作废后 作廢後
"""
    # To tie, to be, systems.
    """
关系统一 關係統一  中俄关系 中俄關係  无关系 無關係  系住 繫住  系紧 繫緊  心系 心繫  情系 情繫
腰系 腰繫  并联系 並聯繫  并联系统 並聯系統  系累犯 係累犯
"""
    # A measure word or the middle of something.
    """
个中 個中
个中滋味 箇中滋味  个中原因 箇中原因  个中奥妙 箇中奧妙  个中翘楚 箇中翹楚  个中高手 箇中高手
个中缘由 箇中緣由
"""
    # Plays and to go out.
    """
一出 一出  几出 幾出
"""
    # To return and to go round.
    """
回归 回歸  回归分析 迴歸分析  回归方程 迴歸方程  回归模型 迴歸模型  线性回归 線性迴歸  回流 回流
回音 回音  来回路 來回路  返回路 返回路  回路上 回路上  批回 批回
"""
    # To fold and to break.
    """
折成纸 摺成紙  折成千纸 摺成千紙  打对折 打對折  折子戏 折子戲  折合 折合
"""
    # To swim and to travel.
    """
游击 游擊  西游击 西游擊  游向 游向
"""
    # Others.
    """
收获得到 收穫得到  才不适 才不適  巨变 巨變  复校 復校  胡同 胡同  赞比骂 讚比罵  万里 萬里
两万里 兩萬里  百万里 百萬里  千万里 千萬里  签注 簽註  附注 附註  图注 圖註  党支书 黨支書
一刻钟 一刻鐘  只鳞 隻鱗  并为 並爲  反内卷 反內捲  一卷卷 一卷卷  并力克 並力克  修表 修錶
扎灯 紮燈  扎头发 紮頭髮  扎辫 紮辮  扎风筝 紮風箏  扎成 紮成  扎起 紮起  扎纸 紮紙  钟山区 鍾山區  钟灵 鍾靈
表铺 錶鋪  图表铺 圖表鋪  里脊 里脊  里脊肉 里脊肉  龙卷 龍捲  龙卷风 龍捲風  点赞 點讚  家具 家具  发霉 發霉  咨文 咨文  朱红 朱紅
校历 校曆  团伙 團夥  犯罪团伙 犯罪團夥
冲账 沖賬  冲抵 沖抵  冲销 沖銷  驾御 駕御  厂部 廠部  特别致 特別致  为中台 爲中臺  拉升 拉升
挨骂 挨罵  挨揍 挨揍  背负 背負  背着家人 背着家人  背着妻子 背着妻子  托福 托福  看下表 看下表
假恶丑 假惡醜  美丑 美醜  图卷 圖卷  仪表盘 儀錶盤  一哄 一哄
一哄而上 一哄而上  一哄而散 一哄而散  哄抢 哄搶  哄堂 哄堂  哄堂大笑 哄堂大笑  哄然 哄然
闹哄哄 鬧哄哄  乱哄哄 亂哄哄  热闹哄哄 熱鬧哄哄  休戚 休戚  休戚相关 休戚相關  休戚与共 休戚與共
死胡同 死胡同  年向导师 年向導師  向导游 向導遊  御洪 禦洪  海里有 海裏有  挨打 挨打  挨饿 挨餓  于军民 於軍民  于田间 於田間
"""
)

# 并发 is a complication and 并购 a merger; in news 并 is mostly “and”.
_AFTER_AND: Final = """
发展 發展  发布 發佈  发现 發現  发表 發表  发挥 發揮  发放 發放  发行 發行  发言 發言  发送 發送
发起 發起  发出 發出  发动 發動  发给 發給  购买 購買  成为 成爲  成立 成立  成功 成功  入选 入選
入围 入圍  入驻 入駐  入住 入住  产生 產生  到场 到場  到达 到達  名列 名列  力争 力爭  力求 力求
案件 案件  火速 火速  科学 科學
"""


def _entries(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


# What every reading of a text knows, besides OpenCC's phrases.
PHRASES: Final[dict[str, str]] = _entries(_TABLE) | {
    f"并{word}": f"並{form}" for word, form in _entries(_AFTER_AND).items()
}
