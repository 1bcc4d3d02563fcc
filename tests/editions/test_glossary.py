import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from editions.conversion import convert
from editions.glossary import current_glossary
from editions.models import GlossaryVersion, Term
from editions.terms import CompiledGlossary, TermEntry

pytestmark = pytest.mark.django_db


def written(text: str, edition: str = "zh-tw") -> str:
    return convert(text, edition, glossary=current_glossary())


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (
            {"tw": "甲", "hant": "乙", "hk": "丙"},
            {"zh-tw": "甲", "zh-hant": "乙", "zh-hk": "丙"},
        ),
        ({"hant": "乙"}, {"zh-tw": "乙", "zh-hant": "乙", "zh-hk": "乙"}),
        ({"hk": "丙"}, {"zh-tw": "丙", "zh-hant": "丙", "zh-hk": "丙"}),
        ({"tw": "甲", "hk": "丙"}, {"zh-tw": "甲", "zh-hant": "甲", "zh-hk": "丙"}),
        ({}, {"zh-tw": "山後", "zh-hant": "山後", "zh-hk": "山後"}),
    ],
)
def test_a_blank_form_falls_back(forms, expected):
    given = {f"form_zh_{name}": form for name, form in forms.items()}
    Term.objects.create(source="山后", **given)
    assert {edition: written("山后", edition) for edition in expected} == expected


def test_a_protected_term_stays_in_every_edition():
    Term.objects.create(source="后里", is_protected=True)
    assert written("后里的后台", "zh-hk") == "后里的後台"


def test_the_longest_of_two_terms_wins():
    Term.objects.create(source="山后", form_zh_hant="一")
    Term.objects.create(source="山后村", form_zh_hant="二")
    assert written("山后村山后") == "二一"


def test_terms_of_the_other_script_do_not_apply():
    Term.objects.create(source="山后", script=Term.Script.HANT, form_zh_hans="甲")
    assert written("山后") == "山後"
    assert (
        convert("山后", "zh-hans", source="zh-Hant", glossary=current_glossary())
        == "甲"
    )


def write_save() -> None:
    Term(source="山后", is_protected=True).save()


def write_create() -> None:
    Term.objects.create(source="山后", is_protected=True)


def write_many() -> None:
    Term.objects.bulk_create([Term(source="山后", is_protected=True)])


def write_update() -> None:
    Term.objects.filter(source="水后").update(source="山后")


def write_bulk_update() -> None:
    term = Term.objects.get(source="水后")
    term.source = "山后"
    Term.objects.bulk_update([term], ["source"])


def write_update_or_create() -> None:
    Term.objects.update_or_create(source="水后", defaults={"source": "山后"})


@pytest.mark.parametrize(
    "write",
    [
        write_save,
        write_create,
        write_many,
        write_update,
        write_bulk_update,
        write_update_or_create,
    ],
)
def test_every_way_of_writing_terms_is_effective_at_once(write):
    Term.objects.create(source="水后", is_protected=True)
    assert written("山后") == "山後"
    write()
    assert written("山后") == "山后"


@pytest.mark.parametrize(
    "remove",
    [lambda: Term.objects.get().delete(), lambda: Term.objects.all().delete()],
    ids=["row", "queryset"],
)
def test_a_removed_term_is_gone_at_once(remove):
    Term.objects.create(source="山后", is_protected=True)
    assert written("山后") == "山后"
    remove()
    assert written("山后") == "山後"


def test_a_rolled_back_term_is_forgotten():
    with transaction.atomic():
        Term.objects.create(source="山后", is_protected=True)
        assert written("山后") == "山后"
        transaction.set_rollback(True)
    assert written("山后") == "山後"


def test_a_version_is_never_given_out_twice():
    with transaction.atomic():
        Term.objects.create(source="山后")
        lost = GlossaryVersion.current()
        transaction.set_rollback(True)
    Term.objects.create(source="水后")
    assert GlossaryVersion.current() != lost


def test_an_unchanged_glossary_costs_one_query(django_assert_num_queries):
    Term.objects.create(source="山后")
    glossary = current_glossary()
    with django_assert_num_queries(1):
        assert current_glossary() is glossary


def test_a_thousand_terms_are_ready_after_two_queries(django_assert_num_queries):
    Term.objects.bulk_create(
        Term(source=f"{chr(0x4E00 + number)}后", form_zh_hant="村")
        for number in range(1000)
    )
    with django_assert_num_queries(2):
        assert written("一后") == "村"


@pytest.mark.parametrize(
    ("term", "field"),
    [
        (Term(source="后"), "source"),
        (Term(source="  后 "), "source"),
        (Term(source="山\ue000后"), "source"),
        (Term(source="山\n后"), "source"),
        (Term(source="<山后>"), "source"),
        (Term(source="山后", form_zh_tw="\U000f0000"), "form_zh_tw"),
        (Term(source="山后", form_zh_hans="山后"), "form_zh_hans"),
        (Term(source="山後", script="zh-Hant", form_zh_tw="山後"), "form_zh_tw"),
        (Term(source="山后", is_protected=True, form_zh_hk="山後"), "form_zh_hk"),
    ],
)
def test_a_term_that_cannot_work_is_refused_with_a_sentence(term, field):
    with pytest.raises(ValidationError) as refusal:
        term.full_clean()
    assert list(refusal.value.message_dict) == [field]


def test_a_second_term_for_the_same_source_is_refused():
    Term.objects.create(source="山后")
    with pytest.raises(ValidationError, match="这个原文已经有词条了。"):
        Term(source="山后").full_clean()


def test_the_database_refuses_a_term_of_one_character():
    with pytest.raises(IntegrityError):
        Term.objects.create(source="后")


def test_the_same_source_may_have_a_term_for_each_script():
    Term.objects.create(source="山后")
    Term(source="山后", script=Term.Script.HANT).full_clean()


def test_compiled_terms_can_hold_special_characters():
    entries = [TermEntry("]后", "zh-Hans", {"zh-tw": "x"}), TermEntry("^后", "zh-Hans")]
    assert convert("]后^后", "zh-tw", glossary=CompiledGlossary("1", entries)) == "x^後"


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Term(source="岳云鹏", kind=Term.Kind.PERSON), "岳雲鵬"),
        (Term(source="后万里", kind=Term.Kind.PERSON), "后萬里"),
        (Term(source="后万里", kind=Term.Kind.PERSON, is_protected=True), "后万里"),
        (Term(source="后万里", kind=Term.Kind.PERSON, form_zh_tw="後萬里"), "後萬里"),
    ],
)
def test_a_persons_name_without_forms_has_the_characters_of_names(term, expected):
    term.save()
    assert written(term.source) == expected
