"""Traditional forms that careful writers use side by side."""

from typing import Final

# A form that only careless conversion leaves in place of another (托 for 託, 划 for 劃,
# 里 for 裡, 并 for 並, 游 for 遊, 辟 for 闢) stands in no group with it.
_SAME_WORD: Final = (
    "爲為 裏裡 臺台檯颱枱 羣群 衆眾 峯峰 説說 温溫 衞衛 喫吃 纔才 麪麵 牀床 啓啟 祕秘 綫線 "
    "覈核 戶户戸 脱脫 鋭銳 税稅 閲閱 悦悅 麽麼 溼濕 污汙 着著 週周 佈布 佔占 迴回 鑑鑒 "
    "蹟跡 蹤踪 恆恒 豔艷 甕瓮 瞭了 嚮向 傢家 俱具 傭佣 僱雇 餵喂 註注 併並 捲卷 癥症 鉅巨 "
    "藉借 讚贊 慾欲 畫劃 帳賬 颳刮 摺折 菸煙烟 衚胡 衕同 嘆歎 姦奸 兇凶 昇陞升 嚐嘗 蓆席 "
    "癒愈 鬨哄 盃杯 唸念 溪谿 粧妝 甦蘇 剋克 侷局 弔吊 樑梁 薰熏 杆桿 唇脣 煉鍊 炮砲 勛勳 嘩譁 并幷"
)
_CANONICAL: Final = str.maketrans(
    {form: group[0] for group in _SAME_WORD.split() for form in group[1:]}
)


def is_same_word(one: str, other: str) -> bool:
    """Whether two Traditional spellings differ in nothing but the writer's region or taste."""
    return one.translate(_CANONICAL) == other.translate(_CANONICAL)
