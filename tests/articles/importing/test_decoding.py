import pytest

from articles.importing.decoding import decode

HANS = "环湖步道串起六个村，村民出门散步方便了许多。"
HANT = "環湖步道串起六個村，村民出門散步方便了許多。"


def test_utf8_wins_over_a_wrong_declaration():
    text = f'<meta charset="gb2312">{HANS}'

    assert decode(text.encode()) == text


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030"])
def test_a_declared_chinese_encoding_is_read_by_its_superset(declared):
    text = f'<meta charset="{declared}">{HANS}镕'

    assert decode(text.encode("gb18030")) == text


@pytest.mark.parametrize(("text", "encoding"), [(HANS, "gb18030"), (HANT, "big5hkscs")])
def test_the_encoding_is_told_from_the_text_where_nothing_is_declared(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_a_page_cut_inside_a_character_is_still_utf8():
    data = (HANS * 20).encode()[:-1]

    assert decode(data).startswith(HANS)


def test_bytes_of_no_encoding_give_text_and_no_error():
    assert isinstance(decode(bytes(range(128, 256)) * 40), str)


def test_line_ends_and_zero_bytes_are_tidied():
    assert decode(b"a\r\nb\rc\0") == "a\nb\nc"
