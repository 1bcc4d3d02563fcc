"""Words of Simplified text: the only module that knows the segmenter."""

from typing import Final

import rjieba

# Words of county news that the dictionary, made before them, would cut elsewhere.
_ADDED: Final = (
    "非遗 传承人 文旅 研学 网格员 微信群 短视频 公众号 快闪店 充电宝 共享单车 充电桩 新能源车 "
    "绿道 冷链 助农 惠企 降费 提质 上新 网红 限行 古村 双减 乡村振兴 垃圾分类 主题教育 新时代 "
    "常态化 最多跑一次 河长 河长制 林长制 田长 农家书屋 本月 下月 上月"
)
_OFTEN: Final = 20_000  # often enough to win over the cuts of the old dictionary

for _word in _ADDED.split():
    rjieba.add_word(_word, _OFTEN, "n")


def words_of(text: str) -> list[str]:
    """The words of the text, which they make up again."""
    return rjieba.cut(text, hmm=False)


def tagged(text: str) -> list[tuple[str, str]]:
    """The words with their kinds, names that no dictionary has among them."""
    return rjieba.tag(text)


def is_listed(word: str) -> bool:
    """Whether the dictionary has it, or holds it for one word."""
    return rjieba.cut(word, hmm=False) == [word]


def parts_of(word: str) -> list[str]:
    """The shorter words that a long one is made of, itself included."""
    return rjieba.cut_for_search(word)
