import threading

import pytest

from editions.catalogue import DEFAULT, EDITIONS, by_code, by_prefix
from editions.chains import converter
from editions.conversion import convert, same_length, to_source
from editions.terms import CompiledGlossary, TermEntry


def test_editions_are_found_by_code_and_by_prefix():
    assert [by_code(edition.code) for edition in EDITIONS] == list(EDITIONS)
    assert by_prefix("zh-hk") is by_code("zh-hk")


def test_the_default_edition_has_no_prefix():
    assert DEFAULT.code == "zh-hans"
    assert by_prefix("") is None


def test_an_unknown_edition_is_refused():
    with pytest.raises(KeyError):
        convert("后台", "zh-mars")


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("zh-hant", "在這裡為群眾宣佈台灣的汙染"),
        ("zh-tw", "在這裡為群眾宣布臺灣的汙染"),
        ("zh-hk", "在這裏為群眾宣佈台灣的污染"),
    ],
)
def test_each_edition_keeps_its_regional_standard(edition, expected):
    assert convert("在这里为群众宣布台湾的污染", edition) == expected


def test_hong_kong_reads_the_forms_that_its_newsrooms_use():
    expected = "着裝的群眾說，溫暖的拉麪和衞生、銳利的山峰、啟動"
    assert (
        convert("着装的群众说，温暖的拉面和卫生、锐利的山峰、启动", "zh-hk") == expected
    )


def test_words_are_not_replaced_by_regional_words():
    assert convert("社区项目的软件和窗口", "zh-tw") == "社區項目的軟件和窗口"


def test_text_in_the_edition_s_own_script_is_returned_as_it_is():
    assert convert("后台\ue000", "zh-hans") == "后台\ue000"
    assert convert("臺灣的溫度", "zh-hk", source="zh-Hant") == "臺灣的溫度"


def test_regional_forms_are_read_back_into_simplified():
    text = "凝聚著力量，在臺灣的這裡，香港的這裏和衞生，綫上"
    expected = "凝聚着力量，在台湾的这里，香港的这里和卫生，线上"
    assert convert(text, "zh-hans", source="zh-Hant") == expected


def test_words_with_an_unchanged_character_stay_in_simplified():
    text = "著名的乾隆瞭望台，慰藉"
    assert to_source(text) == "著名的乾隆瞭望台，慰藉"


def test_characters_that_a_machine_left_simplified_survive_the_way_back():
    assert to_source("干部帶著什么筍干以后回來") == "干部带着什么笋干以后回来"


def test_the_name_of_the_county_stays():
    for edition in ("zh-hant", "zh-tw", "zh-hk"):
        assert convert("江西金溪", edition) == "江西金溪"


def test_quotation_marks_follow_the_edition():
    assert convert("他说“‘后台’到了”", "zh-tw") == "他說「『後臺』到了」"
    assert to_source("他說「『後臺』到了」") == "他说“‘后台’到了”"


def test_addresses_stay_as_they_are():
    text = "见https://例子.cn/新闻/干部，或写信到 hou.tai@a.cn，干部www.a.cn后台"
    expected = "見https://例子.cn/新闻/干部，或寫信到 hou.tai@a.cn，幹部www.a.cn後臺"
    assert convert(text, "zh-tw") == expected


def test_reserved_characters_and_lone_surrogates_are_dropped():
    assert convert("后\U00100000\ud800台\U000f0001", "zh-tw") == "後臺"


@pytest.mark.parametrize("text", ["", "abc\x00", "🙂", "葛󠄀"])
def test_text_without_anything_to_convert_passes(text):
    assert convert(text, "zh-tw") == text


def test_a_surname_before_a_title_is_a_name():
    text = "余先生、范老师、于县长，由于县长不在，其余老师和模范教师"
    expected = "余先生、范老師、于縣長，由於縣長不在，其餘老師和模範教師"
    assert convert(text, "zh-hant") == expected


def test_more_than_a_number_is_not_a_name():
    assert convert("历时40余天，三百余男女", "zh-hant") == "歷時40餘天，三百餘男女"


def test_names_with_a_middle_dot_keep_the_sound():
    text = "恩里克·范尼在这里，城里彼得·潘"
    assert convert(text, "zh-hant") == "恩里克·范尼在這裡，城裡彼得·潘"


def test_a_glossary_term_wins_over_a_phrase_that_begins_before_it():
    terms = CompiledGlossary("1", [TermEntry("碑后村", "zh-Hans", is_protected=True)])
    converted = convert("里程碑后村民", "zh-tw", glossary=terms)
    assert converted == "里程碑后村民"


def test_conversion_never_moves_a_character():
    characters = "".join(map(chr, range(0x3400, 0xA000))) + "\U00020000\U0002f800"
    for edition in EDITIONS:
        assert len(converter(edition.code).convert(characters)) == len(characters)


def test_a_table_that_changes_the_length_costs_phrases_and_not_the_page():
    table = {"软件": "軟體程式", "软": "軟", "件": "件"}
    assert same_length(lambda text: table.get(text, text), "软件") == "軟件"


def test_threads_share_a_converter():
    results: list[bool] = []

    def work():
        results.extend(
            convert("皇后的后台", "zh-tw") == "皇后的後臺" for _ in range(50)
        )

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [True] * 200


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("湖上落下三万只水鸟", "湖上落下三萬隻水鳥"),
        ("加起来是30217只。", "加起來是30217隻。"),
        ("一年只有一万只鸡", "一年只有一萬隻雞"),
        ("这间房2万只要一半的人", "這間房2萬只要一半的人"),
    ],
)
def test_a_measure_word_after_a_number_is_told_from_the_adverb(simplified, traditional):
    assert convert(simplified, "zh-hant") == traditional
