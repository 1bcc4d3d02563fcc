"""The lexicon of ordinary words, and how its files are made."""

import pytest
from django.core.management import CommandError, call_command

from editions import lexicon
from editions.chains import pivot_converter
from editions.lexicon.building import (
    common_words,
    single_characters,
    torn_neighbours,
)
from editions.management.commands import build_lexicon
from editions.phrases import PHRASES


def test_only_ordinary_words_of_two_characters_are_taken():
    lines = [
        "历史 9000 n",
        "国历 3 n",
        "一只 9000 m",
        "志愿者 900 n",
        "王芳 900 nr",
        "AA制 900 n",
    ]
    assert common_words(lines) == ["历史"]


def test_frequent_name_is_a_word_for_everybody():
    assert common_words(["云南 2000 ns", "云海 400 ns"]) == ["云南"]


def test_words_may_be_asked_for_by_their_characters():
    lines = ["历史 9000 n", "安全 9000 a"]
    assert common_words(lines, characters="历干") == ["历史"]


def test_pair_is_kept_only_if_a_longer_phrase_tears_it():
    forms = {"压力": "壓力", "经历": "經歷", "表示": "表示"}

    def convert(text: str) -> str:
        return text.replace("压力表", "壓力錶").replace("经历", "經歷")

    pairs = torn_neighbours(["压力", "经历"], ["表示"], convert, forms)
    assert list(pairs) == ["压力|表示"]


def test_single_character_that_makes_a_word_with_the_next_tears_nothing():
    forms = {"太": "太", "太后": "太后", "后来": "後來"}
    pairs = torn_neighbours(["太", "太后"], ["后来"], lambda text: text, forms)
    assert list(pairs) == ["太后|后来"]


def test_frequent_characters_with_one_form_may_stand_before_any_word():
    lines = ["干 9000 v", "西 50 f", "人 8000 n", "了 10 ul", "历史 9000 n"]
    assert single_characters(lines, {"干", "了"}) == ["人", "西", "了"]


def test_common_words_are_known():
    assert lexicon.is_word("历史")
    assert not lexicon.is_word("国历")


def test_words_and_pairs_have_their_forms_from_the_tables_in_use():
    entries = lexicon.entries(pivot_converter(PHRASES).convert)
    assert entries["历史"] == "歷史"
    assert entries["被发布"] == "被發佈"
    assert {len(word) - len(form) for word, form in entries.items()} == {0}


def test_characters_with_several_forms_are_told_with_them():
    assert lexicon.several_forms()["干"][:3] == ("幹", "乾", "干")
    assert "街" not in lexicon.several_forms()


def test_files_are_made_again_from_the_dictionary(tmp_path, monkeypatch, capsys):
    dictionary = tmp_path / "dict.txt"
    dictionary.write_text("压力 5000 n\n表示 9000 v\n", encoding="utf-8")
    for name in ("WORDS", "NEIGHBOURS"):
        monkeypatch.setattr(build_lexicon, name, tmp_path / name)
    call_command("build_lexicon", str(dictionary))
    assert (tmp_path / "WORDS").read_text("utf-8").split() == ["压力", "表示"]
    assert "压力|表示" in (tmp_path / "NEIGHBOURS").read_text("utf-8").split()
    assert "2 个词" in capsys.readouterr().out


def test_file_that_is_no_dictionary_is_refused_and_nothing_is_written(tmp_path):
    before = lexicon.WORDS.read_bytes()
    with pytest.raises(CommandError, match="读不了"):
        call_command("build_lexicon", str(tmp_path / "none.txt"))
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(CommandError, match="没有"):
        call_command("build_lexicon", str(tmp_path / "empty.txt"))
    assert lexicon.WORDS.read_bytes() == before
