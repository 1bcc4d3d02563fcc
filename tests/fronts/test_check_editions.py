"""What readers would see change is told before it goes live."""

import datetime
import gzip
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.roles import Role
from articles import publishing
from articles.edition_terms import set_term
from editions.models import Term
from fronts import edition_baselines
from tests import factories

pytestmark = pytest.mark.django_db

HEADING = "原文,原文字形,各版照原文,繁体版,台湾版,香港版,简体版\n"


def story(body: str = "<p>山后有河。河水清。</p>", **fields):
    return factories.article(body=body, published=True, **fields)


def check(*args: str | Path) -> tuple[int, str]:
    """The exit code, and what was said."""
    out = StringIO()
    try:
        call_command("check_editions", *map(str, args), stdout=out)
    except SystemExit as end:
        return int(end.code), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.fixture
def table(tmp_path):
    """Writes a proposed glossary and says where."""

    def write(rows: str, *, encoding: str = "utf-8") -> Path:
        path = tmp_path / "terms.csv"
        path.write_bytes((HEADING + rows).encode(encoding))
        return path

    return write


def changes_in(text: str) -> list[tuple[str, str]]:
    """The sentences that are said to change."""
    lines = [line.strip() for line in text.splitlines()]
    before = [line[3:] for line in lines if line.startswith("现在：")]
    after = [line[3:] for line in lines if line.startswith("改后：")]
    return list(zip(before, after, strict=True))


def test_each_sentence_that_would_change_is_told_for_each_edition(table):
    made = story(title="山后的事", standfirst="说说山后。")
    code, text = check("--glossary", table("山后,简体,是,,,,\n"))
    assert code == 1
    assert f"《山后的事》 /article/{made.pk}/" in text
    found = changes_in(text)
    assert ("山後有河。", "山后有河。") in found
    assert ("山後的事", "山后的事") in found
    assert ("說說山後。", "說說山后。") in found
    assert not any("河水清" in before for before, _ in found)
    assert "查了 1 篇稿件，1 篇会变：" in text
    for label in ("繁體", "臺灣", "香港"):
        assert f"  {label}：1 篇，3 句" in text
    assert "简体：" not in text


def test_headings_names_and_captions_are_looked_at(table):
    made = factories.article(source="山后书店")
    made.sections.update(heading="山后小标题", subheading="山后第二行")
    publishing.publish(made, by=None)
    _, text = check("--glossary", table("山后,,是,,,,\n"))
    after = {new for _, new in changes_in(text)}
    assert "山后書店" in after
    assert any("山后小標題" in sentence for sentence in after)
    assert any("山后第二行" in sentence for sentence in after)


def test_words_that_the_story_settled_itself_do_not_change(table):
    made = factories.article(title="山后有河", authors=("山后",), published=True)
    by = factories.staff(Role.CHIEF)
    set_term(made, "山后有", dict.fromkeys(("zh-hant", "zh-tw", "zh-hk"), "甲"), by=by)
    answer = check("--glossary", table("山后,,是,,,,\n"))
    assert answer == (0, "查了 1 篇稿件，读者看到的没有变化。\n")


def test_a_word_is_found_across_bold_letters(table):
    story("<p>山<strong>后</strong>有河。</p>")
    code, text = check("--glossary", table("山后,,是,,,,\n"))
    assert code == 1
    assert ("山後有河。", "山后有河。") in changes_in(text)


def test_no_change_is_the_answer_zero(table):
    story()
    assert check("--glossary", table("水后,,是,,,,\n"))[0] == 0
    Term.objects.create(source="山后", is_protected=True)
    code, text = check("--glossary", table("山后,,是,,,,\n"))
    assert (code, text) == (0, "查了 1 篇稿件，读者看到的没有变化。\n")


def test_a_row_takes_the_place_of_the_term_with_its_source(table):
    story()
    Term.objects.create(source="山后", form_zh_tw="甲")
    _, text = check("--glossary", table("山后,,,,乙,,\n"))
    assert ("甲有河。", "乙有河。") in changes_in(text)


def test_a_row_without_forms_is_converted_by_itself(table):
    story()
    Term.objects.create(source="山后", is_protected=True)
    _, text = check("--glossary", table("山后,,,,,,\n"))
    assert ("山后有河。", "山後有河。") in changes_in(text)


def test_a_term_can_be_left_out():
    story()
    Term.objects.create(source="山后", is_protected=True)
    code, text = check("--without-term", "山后")
    assert code == 1
    assert ("山后有河。", "山後有河。") in changes_in(text)
    assert Term.objects.filter(source="山后").exists()


def test_traditional_story_changes_in_the_simplified_edition_only(table):
    story("<p>鍾先生來了。</p>", script="zh-Hant")
    code, text = check("--glossary", table("鍾先生,繁体,,,,,锺先生\n"))
    assert code == 1
    assert changes_in(text) == [("钟先生来了。", "锺先生来了。")]
    assert "  简体：1 篇，1 句" in text


def test_only_what_readers_can_see_is_looked_at(table):
    factories.article(body="<p>山后有河。</p>")
    withdrawn = story()
    publishing.withdraw(withdrawn, by=None)
    planned = factories.article(body="<p>山后有河。</p>")
    later = timezone.now() + datetime.timedelta(days=1)
    publishing.schedule(planned, later, by=None)
    code, text = check("--glossary", table("山后,,是,,,,\n"))
    assert (code, text) == (0, "查了 0 篇稿件，读者看到的没有变化。\n")


def test_stories_are_read_in_one_query_however_many(
    table, django_assert_max_num_queries
):
    for _ in range(5):
        story()
    with django_assert_max_num_queries(2):
        check("--glossary", table("山后,,是,,,,\n"))


def test_a_table_saved_by_a_spreadsheet_is_read(table):
    story()
    for encoding in ("utf-8-sig", "gb18030"):
        assert check("--glossary", table("山后,,是,,,,\n", encoding=encoding))[0] == 1


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("后,,,,,,\n", "第 2 行：原文至少要有两个字"),
        ("山后,,也许,,,,\n", "第 2 行：“各版照原文”写“是”或“否”"),
        ("山后,日文,,,,,\n", "第 2 行：“原文字形”只能是简体、繁体"),
        ("山后,,是,甲,,,\n", "第 2 行：已选“各版照原文”"),
        ("山后,,,,,,\n山后,简体,是,,,,\n", "第 3 行：“山后”前面已经有一行"),
    ],
)
def test_a_row_that_cannot_work_is_named(table, rows, sentence):
    code, text = check("--glossary", table(rows))
    assert code == 2
    assert sentence in text


def test_a_strange_column_is_named(tmp_path):
    path = tmp_path / "terms.csv"
    path.write_text("原文,澳门版\n山后,甲\n", encoding="utf-8")
    code, text = check("--glossary", path)
    assert code == 2
    assert "不认识的列：澳门版" in text


def test_what_cannot_be_done_is_the_answer_two(tmp_path, table):
    assert check() == (2, "请写明和什么比：--glossary、--without-term 或 --baseline。")
    assert check("--without-term", "山后") == (2, "转换词表里没有“山后”。")
    assert check("--glossary", tmp_path / "none.csv")[0] == 2
    assert check("--baseline", tmp_path / "none")[0] == 2
    proposed = table("山后,,是,,,,\n")
    assert check("--save", tmp_path / "saved", "--glossary", proposed)[0] == 2
    assert check("--baseline", proposed)[0] == 2


@pytest.mark.parametrize("name", ["saved.jsonl", "saved.jsonl.gz"])
def test_a_saved_state_is_compared_with_the_engine_of_later(
    tmp_path, monkeypatch, name
):
    made = story()
    path = tmp_path / name
    assert check("--save", path)[0] == 0
    assert check("--baseline", path)[0] == 0

    def newer(lines, *_):
        return [line.replace("后", "后後") for line in lines]

    monkeypatch.setattr(edition_baselines, "converted", newer)
    code, text = check("--baseline", path)
    assert code == 1
    assert ("山後有河。", "山后後有河。") in changes_in(text)
    assert f"/article/{made.pk}/" in text


def test_a_saved_state_holds_sentences_and_their_hashes(tmp_path):
    made = story()
    path = tmp_path / "saved.gz"
    check("--save", path)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        head, record = map(json.loads, file)
    assert set(head["engine"]) == {"opencc", "rjieba"}
    assert record["article"] == made.pk
    assert set(record["editions"]) == {"zh-hant", "zh-tw", "zh-hk"}
    said = record["editions"]["zh-tw"]
    assert "山後有河。河水清。" in said["lines"]
    assert len(said["sha256"]) == 64


def test_stories_that_came_went_or_changed_since_are_counted_and_not_compared(tmp_path):
    kept, gone, changed = story(), story(), story()
    path = tmp_path / "saved"
    check("--save", path)
    publishing.withdraw(gone, by=None)
    changed.sections.update(body="<p>山后有山。</p>")
    publishing.replace(changed, by=None)
    story()
    Term.objects.create(source="山后", is_protected=True)
    code, text = check("--baseline", path)
    assert code == 1
    assert f"/article/{kept.pk}/" in text
    assert f"/article/{changed.pk}/" not in text
    assert "转换词表后来改过" in text
    # The version that was replaced is one that readers see no more.
    assert "新上线或改过的 2 篇，已经看不到的 2 篇" in text


def test_a_proposed_glossary_can_be_compared_with_a_saved_state(tmp_path, table):
    story()
    path = tmp_path / "saved"
    check("--save", path)
    code, text = check("--baseline", path, "--glossary", table("山后,,是,,,,\n"))
    assert code == 1
    assert ("山後有河。", "山后有河。") in changes_in(text)


def test_a_save_that_fails_leaves_the_earlier_file(tmp_path, monkeypatch):
    story()
    path = tmp_path / "saved"
    path.write_text("earlier", encoding="utf-8")

    def broken(*_):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(edition_baselines, "converted", broken)
    code, text = check("--save", path)
    assert code == 2
    assert "No space left" in text
    assert path.read_text(encoding="utf-8") == "earlier"


def test_a_file_cut_short_is_no_baseline(tmp_path):
    story()
    path = tmp_path / "saved"
    check("--save", path)
    path.write_bytes(path.read_bytes()[:-20])
    assert check("--baseline", path)[0] == 2


def test_stories_whose_words_are_gathered_otherwise_are_not_compared(
    tmp_path, monkeypatch
):
    story()
    path = tmp_path / "saved"
    check("--save", path)
    monkeypatch.setattr(edition_baselines, "lines_of", lambda _: ["别的山后。"])
    code, text = check("--baseline", path)
    assert code == 0
    assert "新上线或改过的 1 篇" in text
