import pytest

from editions.detection import script_of, suspicious
from editions.folding import fold


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("春天来了，农民们在地里干活", "zh-Hans"),
        ("春天來了，農民們在地裡幹活", "zh-Hant"),
        ("着力打造溫暖的社區", "zh-Hant"),
        ("农民们说話聲音說得很大", "mixed"),
        ("山水田", "both"),
        ("", "both"),
        ("Spring 2026", "both"),
    ],
)
def test_the_script_of_a_text_is_told(text, script):
    assert script_of(text) == script


def test_one_quoted_character_does_not_make_a_text_mixed():
    assert script_of("农民们谈论“雲”这个字，觉得写法很难") == "zh-Hans"


def test_what_a_careless_converter_left_is_found_with_its_place():
    found = suspicious("村里的干部開會以后，模范代表發言")
    assert [(item.text, item.offset, item.suggestion) for item in found] == [
        ("干", 3, "幹"),
        ("后", 8, "後"),
        ("范", 11, "範"),
    ]


def test_careful_traditional_text_raises_no_suspicion():
    text = "皇后大道後面的幹部在台灣與臺北，這裡和這裏，著作着眼，週末周圍，佈置分布"
    assert suspicious(text) == []


def test_simplified_characters_in_traditional_text_are_suspicious():
    assert [item.text for item in suspicious("農民们說話")] == ["们"]


def test_broken_characters_do_not_stop_the_search():
    assert [item.offset for item in suspicious("\ud800干部開會")] == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣", "台湾"),
        ("這裡", "這裏"),
        ("乾隆", "乾隆"),
        ("著作", "着作"),
        ("ＡＢＣ", "abc"),
        ("里·克", "里・克"),
        ("餘額", "余额"),
        ("答覆", "答复"),
        ("什麼", "什么"),
    ],
)
def test_forms_that_readers_take_as_the_same_fold_together(one, other):
    assert fold(one) == fold(other)


def test_folding_twice_changes_nothing():
    text = "臺灣這裡的ＡＢＣ著作，乾隆瞭望，憑藉麼"
    assert fold(fold(text)) == fold(text)


def test_different_words_do_not_fold_together():
    assert fold("山") != fold("水")
