import pytest

from editions.punctuation import corner_quotes, curly_quotes, restore_full_width


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("春耕,秋收;好吗?好!", "春耕，秋收；好吗？好！"),
        ("(责编:甲、乙)", "（责编：甲、乙）"),
        ("全村(社区)共3人", "全村（社区）共3人"),
        ("中心(CBD)建成", "中心（CBD）建成"),
        ("共有“学堂”,2021年", "共有“学堂”，2021年"),
        ("真的?!是", "真的？！是"),
        ("增长3.5,高于去年", "增长3.5，高于去年"),
        ("一﹔二﹐三﹕四", "一；二，三：四"),
    ],
)
def test_marks_beside_chinese_become_full_width(text, expected):
    assert restore_full_width(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "08:18",
        "1,234 人",
        "f(x), g(y): see",
        "he said: ok, (fine)",
        "https://a.cn/x,y(1):2?q=a",
        "a@b.cn, c",
    ],
)
def test_numbers_times_addresses_and_latin_text_keep_theirs(text):
    assert restore_full_width(text) == text


def test_a_mark_after_an_address_belongs_to_the_sentence():
    assert restore_full_width("见www.a.cn,好") == "见www.a.cn，好"


def test_brackets_are_paired_within_a_line():
    assert restore_full_width("a (b\n春)") == "a (b\n春)"


def test_the_length_never_changes():
    text = "甲,乙(丙):丁;“戊”,1:2 a,b"
    assert len(restore_full_width(text)) == len(text)


def test_quotes_of_chinese_text_become_corner_brackets():
    assert corner_quotes("他说“看‘一看’”") == "他说「看『一看』」"


def test_a_latin_word_quoted_in_chinese_text_gets_corner_brackets():
    assert corner_quotes("用‘Wi-Fi’ 上网") == "用『Wi-Fi』 上网"


@pytest.mark.parametrize("text", ["don’t", "the workers’ 权益", "李家的 Tom’s 店"])
def test_apostrophes_stay(text):
    assert corner_quotes(text) == text


def test_a_passage_in_another_language_keeps_its_quotes():
    text = "春天。 The mayor said “good morning” to all"
    assert corner_quotes(text) == text


def test_an_opening_quote_left_open_is_converted_too():
    assert corner_quotes("“第一段没有结束\n“第二段”") == "「第一段没有结束\n「第二段」"


def test_corner_brackets_go_back():
    assert curly_quotes("「看『一看』」") == "“看‘一看’”"
