import pytest

from articles.importing import extract
from articles.importing.extraction import MAX_BYTES
from tests.articles.importing.samples import FIRST, SECOND, dump, page

LEGACY = dump(
    "環湖步道方便群眾出行",
    "2021年03月09日07:05    來源:青石日報",
    "步道修好以后,村干部先后走了三遍,把后面的小碼頭也划了進來,群眾說這樣走路不繞彎,也安全得多。",
    "管護分成十二段,每段由附近的村民輪流照看,縣裡准備把這個辦法用到其他道路上,讓修好的路“一直好用”。",
)
GENUINE = dump(
    "環湖步道方便民眾出行",
    "2021年03月09日07:05    來源：青石日報",
    "步道修好以後，村幹部先後走了三遍，把後面的小碼頭也劃了進來，民眾說這樣走路不繞彎，也安全得多。",
    "管護分成十二段，每段由附近的村民輪流照看，縣裡準備把這個辦法用到其他道路上，讓修好的路「一直好用」。",
)


def test_the_script_is_the_one_the_page_is_printed_in():
    assert extract(page(), "x.html").script == "zh-Hans"
    assert extract(GENUINE, "x.txt").script == "zh-Hant"


def test_machine_made_traditional_is_told_by_its_errors():
    found = extract(LEGACY, "x.txt")

    assert found.is_legacy
    assert {item.text for item in found.suspicious} >= {"后", "干", "准"}
    assert found.title == "環湖步道方便群眾出行"


def test_a_suspicious_character_stands_at_its_offset_in_the_dump():
    text = LEGACY.decode()

    for item in extract(LEGACY, "x.txt").suspicious:
        assert text[item.offset] == item.text
        assert item.suggestion != item.text


def test_native_traditional_text_is_left_alone():
    assert not extract(GENUINE, "x.txt").is_legacy


def test_simplified_text_is_never_suspicious():
    assert extract(page(), "x.html").suspicious == ()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", "文件是空的。"),
        (b"  \n ", "文件是空的。"),
        (b"<html><body></body></html>", "没有找到正文。"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "这不是文本文件。"),
        ((FIRST + SECOND).encode(), "没有找到标题。"),
        (b"x" * (MAX_BYTES + 1), "文件超过 5 MB，没有读取。"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data, error):
    assert extract(data, "x").error == error


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 100_000,
        b'<html><a "' * 50_000,
        b"<html><!--" + b"x" * 500_000,
        ("<html><p>" + "来源：" * 100_000).encode(),
        ("标题标题\n2021-05-06 07:08\n" + "短行\n" * 100_000).encode(),
        b"<html>" + b"<button>" * 200 + b"<i>x</i>" * 50_000,
        "（".encode() * 200_000,
        b"\xff\xfe" + b"\xd8\x00" * 1000,
    ],
    ids=[
        "depth",
        "quotes",
        "comment",
        "labels",
        "lines",
        "controls",
        "brackets",
        "surrogates",
    ],
)
def test_hostile_input_gives_an_error_and_never_raises(data):
    assert extract(data, "x").error
