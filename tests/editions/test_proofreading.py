import datetime

import pytest

from editions.catalogue import HANS, HANT
from editions.proofreading import majority_script, writing_faults, wrong_conversions
from editions.suspicions import Kind
from editions.terms import CompiledGlossary, TermEntry
from editions.variants import is_same_word


def corrections(text, **options):
    return [
        (item.found, item.suggestion) for item in wrong_conversions(text, **options)
    ]


def faults(text, kind, **options):
    return [item for item in writing_faults(text, **options) if item.kind == kind]


def glossary(source, script=HANS, **forms):
    return CompiledGlossary(
        "1",
        [
            TermEntry(
                source,
                script,
                {code.replace("_", "-"): form for code, form in forms.items()},
            )
        ],
    )


# Wrong conversions in Traditional text.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("樹的背后有一間屋", ("背后", "背後")),
        ("村里的干部開會", ("干部", "幹部")),
        ("山裡產赤鬆茸和竹筍", ("鬆茸", "松茸")),
        ("評為示范村", ("示范", "示範")),
        ("捐書三百余冊", ("百余冊", "百餘冊")),
        ("依托河邊的老街辦展覽", ("依托", "依託")),
        ("做好計划再動手", ("計划", "計劃")),
        ("夏天的旅游線路", ("旅游", "旅遊")),
        ("房子收拾得很干淨", ("干淨", "乾淨")),
        ("這里的茶很香", ("這里", "這裡")),
        ("全長三公裡", ("公裡", "公里")),
    ],
)  # fmt: skip
def test_what_careless_conversion_got_wrong_is_found_as_a_word(text, expected):
    assert expected in corrections(text)


def test_a_suspicion_tells_place_words_kind_and_a_sentence():
    (found,) = wrong_conversions("這棵樹的背后有一間屋")
    assert (found.start, found.length, found.end) == (4, 2, 6)
    assert found.kind == Kind.WRONG_CONVERSION
    assert found.sentence == "“背后”可能应为“背後”。"


@pytest.mark.parametrize(
    "text",
    [
        "皇后大道後面的幹部在台灣與臺北，這裡和這裏，著作着眼，週末周圍，佈置分布",
        "若干年前制定的制度，至今適用",
        "余先生和范老師在由於大雨而停課的學校裡",
        "船上共有三百餘人，餘下的在岸上等候",
        "衞生站的温度計説明書",
        "面對面坐着吃一碗麵",
    ],
)
def test_careful_traditional_text_of_any_region_is_left_alone(text):
    assert corrections(text, script=HANT) == []


def test_simplified_characters_in_traditional_text_are_mixed_script():
    (found,) = wrong_conversions("農民们在說話")
    assert found.kind == Kind.MIXED_SCRIPT
    assert (found.found, found.suggestion) == ("民们在", "民們在")


def test_neighbouring_wrong_characters_are_one_suspicion():
    (found,) = wrong_conversions("這個問題還沒有见证", script=HANT)
    assert (found.found, found.suggestion) == ("见证", "見證")


def test_offsets_hold_behind_characters_that_conversion_drops():
    text = "\ud800\U00100000這些干部開會"
    (found,) = wrong_conversions(text)
    assert text[found.start : found.end] == "干部"


def test_addresses_are_not_proofread():
    assert corrections("詳見這個網頁https://example.cn/干部 的說明") == []


def test_a_term_that_the_desk_protects_is_right():
    text = "遊客走進干溪村，聽老師講歷史"
    assert corrections(text) != []
    entry = TermEntry("干溪村", HANS, is_protected=True)
    assert corrections(text, glossary=CompiledGlossary("1", [entry])) == []


def test_the_form_of_a_term_is_what_is_suggested():
    text = "遊客走進幹溪村，聽老師講歷史"
    terms = glossary("干溪村", zh_hant="乾溪村")
    assert [suggestion for _, suggestion in corrections(text, glossary=terms)] == [
        "進乾溪"
    ]


def test_a_form_of_another_length_neither_shifts_nor_alarms():
    terms = glossary("鼠标", zh_hant="滑鼠器")
    text = "買來的鼠標放在背后"
    (found,) = wrong_conversions(text, glossary=terms)
    assert (found.start, found.found) == (6 + 1, "背后")


def test_the_form_of_a_term_in_any_traditional_edition_is_right():
    terms = glossary("干溪村", zh_hant="乾溪村", zh_hk="幹溪村")
    for form in ("乾溪村", "幹溪村"):
        assert corrections(f"遊客走進{form}，聽老師講歷史", glossary=terms) == []


def test_a_traditional_term_of_the_desk_is_right_as_written():
    text = "門牌寫著幹溪村，說明在背後"
    assert corrections(text) != []
    assert corrections(text, glossary=glossary("幹溪村", HANT)) == []


# Mixed script in Simplified text.


def test_stray_traditional_characters_in_simplified_text_are_found():
    (found,) = wrong_conversions("农民們说话的声音很大")
    assert (found.found, found.suggestion) == ("們", "们")
    assert found.kind == Kind.MIXED_SCRIPT
    assert found.start == 2


@pytest.mark.parametrize(
    "text",
    [
        "毕昇发明活字，这是常识",
        "成效显著，大家写好了「计划」",
        "刘堃在乾隆年间的著作里读到于谦",
        "范老师和余先生以后再来，干部们都在",
    ],
)
def test_simplified_text_with_names_is_left_alone(text):
    assert corrections(text) == []


def test_a_text_that_tells_no_script_is_passed_over_unless_the_script_is_given():
    assert corrections("山水干部") == []
    assert corrections("山水干部", script=HANT) == [("干部", "幹部")]


@pytest.mark.parametrize(
    ("text", "script"),
    [("农民们說话", HANS), ("農民們说話", HANT), ("山水", None), ("", None)],
)
def test_the_majority_of_telling_characters_decides_the_script(text, script):
    assert majority_script(text) == script


def test_a_careless_leftover_is_no_variant_of_the_right_form():
    assert is_same_word("裏", "裡")
    assert not is_same_word("里", "裡")


# Repeated words.


@pytest.mark.parametrize(
    ("text", "found", "suggestion"),
    [
        ("新修的的路通车了", "的的", "的"),
        ("会议正在在礼堂举行", "在在", "在"),
        ("大家进行进行讨论", "进行进行", "进行"),
        ("来到金水县金水县看茶园", "金水县金水县", "金水县"),
        ("路修好了，，大家很高兴", "，，", "，"),
        ("路修好了。。大家很高兴", "。。", "。"),
        ("大家開展開展讀書活動", "開展開展", "開展"),
    ],
)
def test_words_and_marks_typed_twice_are_found(text, found, suggestion):
    (fault,) = faults(text, Kind.REPEATED_WORD)
    assert (fault.found, fault.suggestion) == (found, suggestion)
    assert text[fault.start : fault.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "他常常来，天天看书，人人都说好",
        "看看再说，大家研究研究，请你再考虑考虑",
        "大家研究研究，討論討論",
        "千千万万的人，三三两两走来，一个一个数",
        "目的的确定，的的确确很难",
        "他现在在家，参与与否由你，为了了解情况",
        "雪白雪白的墙，哗啦哗啦的水声，鸭子嘎嘎嘎嘎地叫",
        "总和和差，以及及时到场",
        "走了又走，二十二十地数",
        "多听听，去问问，我们去体味体味",
        "等等……慢慢来。。。",
    ],
)
def test_what_chinese_doubles_on_purpose_is_left_alone(text):
    assert faults(text, Kind.REPEATED_WORD) == []


def test_a_repeated_word_is_found_behind_characters_that_conversion_drops():
    (fault,) = faults("\ud800大家进行进行讨论", Kind.REPEATED_WORD)
    assert (fault.start, fault.found) == (3, "进行进行")


# Marks that do not pair.


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("他说：“路修好了。", Kind.UNBALANCED_MARK, 3),
        ("他说：路修好了。”", Kind.UNBALANCED_MARK, 8),
        ("他说：“路修好了。“大家笑了。", Kind.UNBALANCED_MARK, 3),
        ("他说：“第一段。\n第二段的“话”。", Kind.UNBALANCED_MARK, 3),
        ("读《山水一书的人", Kind.UNBALANCED_MARK, 1),
        ("老街（河边的那条很长", Kind.UNBALANCED_MARK, 2),
        ("老街河边的那条）很长", Kind.UNBALANCED_MARK, 7),
        ("他說：「路修好了。", Kind.UNBALANCED_MARK, 3),
        ("他說：『路「修』好」了", Kind.WRONG_NESTING, 5),
        ("老街（“河边）的”那条", Kind.WRONG_NESTING, 6),
        ("‘他说“好”的’", Kind.WRONG_NESTING, 3),
        ("读《读〈山〉与《水》记》", Kind.WRONG_NESTING, 7),
    ],
)
def test_marks_that_do_not_pair_are_found_where_they_stand(text, kind, place):
    (fault,) = [item for item in writing_faults(text) if item.kind == kind]
    assert fault.start == place
    assert fault.sentence.endswith("。")


@pytest.mark.parametrize(
    "text",
    [
        "他说：“她答‘好’，（笑）就走了。”",
        "「他說『好』」《讀〈山〉記》【一】",
        "“第一段。\n“第二段。\n“第三段。”",
        "“第一段。\n第二段还是他的话。”",
        "“第一段‘里’。\n“第二段。”\n“另一句。”",
        "“第一段。\n　　“第二段。”",
        "要点：1）修路；2）种树。\n一）先修路",
        "It’s the editor’s choice，大家都说好",
        "老街（修于前年(也可能更早)）很长",
    ],
)
def test_marks_that_pair_are_left_alone(text):
    kinds = {Kind.UNBALANCED_MARK, Kind.WRONG_NESTING}
    assert [item for item in writing_faults(text) if item.kind in kinds] == []


def test_a_bracket_does_not_run_over_paragraphs():
    (fault,) = faults("老街（很长\n河边）很美", Kind.UNBALANCED_MARK)[:1]
    assert fault.start == 2


def test_one_paragraph_gets_one_fault_of_marks_and_the_next_starts_afresh():
    text = "他说”好“就走”了“。\n她说”好。"
    assert [item.start for item in faults(text, Kind.UNBALANCED_MARK)] == [2, 14]


# ASCII punctuation.


@pytest.mark.parametrize(
    ("text", "found", "suggestion"),
    [
        ("路修好了,大家很高兴", ",", "，"),
        ("路修好了!", "!", "！"),
        ("他说:“好”", ":", "："),
        ("路修好了...大家很高兴", "...", "……"),
        ("路修好了﹔大家很高兴", "﹔", "；"),
    ],
)
def test_ascii_marks_between_han_are_found(text, found, suggestion):
    (fault,) = faults(text, Kind.HALF_WIDTH)
    assert (fault.found, fault.suggestion) == (found, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "上午9:30开始，共1,200人，长3.5公里",
        "见https://example.cn/路?桥 这个网页",
        "他读了Hello, world这句话",
        "路修好了，大家很高兴。",
    ],
)
def test_ascii_marks_of_numbers_addresses_and_latin_are_left_alone(text):
    assert faults(text, Kind.HALF_WIDTH) == []


# Dates.


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2月30日开会", "2月30日"),
        ("13月5日开会", "13月5日"),
        ("2023年2月29日开会", "2023年2月29日"),
        ("4月31号开会", "4月31号"),
        ("6月29日至31日开会", "6月29日至31日"),
        ("从2023年13月起", "2023年13月"),
        ("截至2023-02-29", "2023-02-29"),
        ("6月17日25:70开会", "25:70"),
        ("上午8点61分开会", "8点61分"),
        ("0月3日开会", "0月3日"),
        ("公元0000年3月32日", "0000年3月32日"),
    ],
)
def test_dates_and_times_that_cannot_be_are_found(text, found):
    (fault,) = faults(text, Kind.IMPOSSIBLE_DATE)
    assert fault.found == found
    assert text[fault.start : fault.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "2月29日开会，2024年2月29日也开会",
        "6月29日至30日开会，12月31日23:59结束，24:00关门",
        "比分是76:70，比例1:100",
        "农历二月三十，农历2月30日赶集",
        "版本2023.13.45.6，电话1-2023-99-88",
        "用时30时20分钟，2.13月5日",
    ],
)
def test_possible_dates_scores_and_lunar_days_are_left_alone(text):
    assert faults(text, Kind.IMPOSSIBLE_DATE) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2022年6月17日（星期一）开会", "五"),
        ("2022年6月17日，周日开会", "五"),
        ("2022年6月19日星期六开会", "日"),
    ],
)
def test_a_wrong_weekday_is_found_where_the_year_is_written(text, right):
    (fault,) = faults(text, Kind.WRONG_WEEKDAY)
    assert fault.suggestion == right
    assert text[fault.start] == fault.found


@pytest.mark.parametrize(
    "text",
    [
        "2022年6月17日（星期五）开会",
        "2022年6月19日（星期天）开会",
        "6月17日（星期一）开会",
        "2022年6月17日，周一至周五开放",
    ],
)
def test_a_right_weekday_or_one_of_an_unknown_year_is_left_alone(text):
    assert faults(text, Kind.WRONG_WEEKDAY) == []


def test_the_day_of_writing_tells_the_year_of_a_near_date():
    written_on = datetime.date(2022, 6, 15)
    text = "6月17日（星期一）开会"
    assert len(faults(text, Kind.WRONG_WEEKDAY, written_on=written_on)) == 1
    far = datetime.date(2022, 12, 15)
    assert faults(text, Kind.WRONG_WEEKDAY, written_on=far) == []


def test_the_year_turns_between_writing_and_the_date():
    written_on = datetime.date(2022, 12, 30)
    assert faults("1月2日（星期一）", Kind.WRONG_WEEKDAY, written_on=written_on) == []
    assert faults("1月2日（星期二）", Kind.WRONG_WEEKDAY, written_on=written_on) != []


def test_faults_come_in_the_order_of_the_text():
    text = "2月30日,大家进行进行（讨论"
    starts = [item.start for item in writing_faults(text)]
    assert starts == sorted(starts)
    assert len(starts) == 4
