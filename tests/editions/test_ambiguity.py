"""Characters with several forms: which they are, and where the choice is doubtful."""

import pytest

from editions.ambiguity import Doubt, form_in_other, forms_of, places_in, usual_form
from editions.conversion import convert


def doubts(text: str, edition: str = "zh-tw") -> dict[str, tuple[Doubt, ...]]:
    places = places_in(text, convert(text, edition), edition)
    return {place.character: place.doubts for place in places}


def test_character_has_its_forms_the_usual_one_first():
    assert set(forms_of("干", "zh-tw")) >= {"幹", "乾", "干"}
    assert forms_of("部", "zh-tw") == ()


def test_forms_are_those_of_the_region():
    assert "裡" in forms_of("里", "zh-tw")
    assert "裏" in forms_of("里", "zh-hk")
    assert {"臺", "颱"} <= set(forms_of("台", "zh-tw"))
    assert {"台", "颱"} <= set(forms_of("台", "zh-hant"))


def test_forms_that_a_region_does_not_tell_apart_are_one():
    for edition in ("zh-hant", "zh-tw", "zh-hk"):
        for character in "个吃岩":
            forms = forms_of(character, edition)
            assert len(set(forms)) == len(forms) != 1


def test_simplified_edition_tells_apart_what_it_keeps():
    assert forms_of("乾", "zh-hans") == ("干", "乾")
    assert forms_of("干", "zh-hans") == ()


def test_choice_is_carried_to_another_region():
    assert form_in_other("里", "裡", "zh-tw", "zh-hk") == "裏"
    assert form_in_other("里", "里", "zh-tw", "zh-hk") == "里"


def test_every_place_is_told_with_its_word():
    text = "社区干部发言。"
    places = places_in(text, convert(text, "zh-tw"), "zh-tw")
    told = {(place.offset, place.form, place.word) for place in places}
    assert {(2, "幹", "干部"), (4, "發", "发言")} <= told


@pytest.mark.parametrize("text", ["社区干部开会。", "他发言了。", "衣服洗干净了。"])
def test_character_of_a_common_word_is_not_doubtful(text):
    assert not any(doubts(text).values())


def test_word_of_one_character_that_means_several_things_is_doubtful():
    assert doubts("一会儿就干了。")["干"] == (Doubt.ALONE,)
    assert doubts("走了一天。")["了"] == ()


def test_name_of_a_person_is_doubtful():
    assert doubts("木匠余根生收了工。")["余"] == (Doubt.NAME,)


def test_word_that_came_out_otherwise_than_by_itself_is_doubtful():
    text = "健全干部制度。"
    written = convert(text, "zh-tw").replace("幹部", "乾部")
    (place,) = [
        place for place in places_in(text, written, "zh-tw") if place.character == "干"
    ]
    assert place.doubts == (Doubt.WORD,)
    assert place.form == "乾"


def test_form_that_nearly_all_words_have_is_the_usual_one():
    assert usual_form("发", "zh-tw") == "發"
    assert usual_form("干", "zh-tw") == ""


def test_text_and_conversion_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="side by side"):
        places_in("干部", "幹部們", "zh-tw")
