"""Sentences that some reading of the tables got wrong, in the file beside this one.

Each line is a sentence, how zh-hant, zh-tw and zh-hk print it (the last two may be
empty), and why it is there; tabs between. Whoever mends a conversion adds the sentence
that needed it; a line that fails after an upgrade of OpenCC or of the lexicon is a change
that readers would see.
"""

from pathlib import Path

import pytest

from editions.chains import pivot_converter
from editions.conversion import convert
from editions.phrases import PHRASES

FILE = Path(__file__).with_name("regressions.tsv")
LINES = [line.split("\t") for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    ("column", "edition"), [(1, "zh-hant"), (2, "zh-tw"), (3, "zh-hk")]
)
def test_sentences_stay_right(column, edition):
    lines = [(line[0], line[column]) for line in LINES if line[column]]
    assert len(lines) > 100
    wrong = [
        (source, found, expected)
        for source, expected in lines
        if (found := convert(source, edition)) != expected
    ]
    assert wrong == []


def test_every_sentence_stands_once_and_says_why():
    sources = [line[0] for line in LINES]
    assert len(set(sources)) == len(sources)
    assert all(len(line) == 5 and line[4] for line in LINES)


def test_one_reading_alone_gets_some_wrong():
    """Else the others would be there for nothing."""
    lonely = pivot_converter(PHRASES)
    text = "县志愿服务队第三出版社，利润发生变化，压力表示数稳定"
    assert (
        lonely.convert(text) != "縣志願服務隊第三出版社，利潤發生變化，壓力表示數穩定"
    )


@pytest.mark.parametrize(
    ("source", "taiwan", "hong_kong"),
    [
        ("公布救灾计划", "公布救災計畫", "公佈救災計劃"),
        ("旅客回流，到这里吃面", "旅客迴流，到這裡吃麵", "旅客回流，到這裏吃麪"),
    ],
)
def test_regions_write_what_they_are_used_to(source, taiwan, hong_kong):
    assert convert(source, "zh-tw") == taiwan
    assert convert(source, "zh-hk") == hong_kong
