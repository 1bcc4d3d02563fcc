"""verify_ledger finds whatever was done to the ledgers behind the portal's back."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import AuditEntry
from accounts.roles import Role
from articles import reviews
from articles.models import Revision, SignOff
from tests import factories

pytestmark = pytest.mark.django_db

TABLES = ["accounts_auditentry", "articles_signoff", "articles_revision"]


def verified(**options) -> str:
    """What the command says when all is well."""
    out = StringIO()
    call_command("verify_ledger", stdout=out, **options)
    return out.getvalue()


def faults(**options) -> str:
    """What the command says when something is wrong; it must then fail with 1."""
    err = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_ledger", stdout=StringIO(), stderr=err, **options)
    assert failure.value.returncode == 1
    return err.getvalue()


def signed_story():
    """A story that two people have signed, with its proofreading, and one returned."""
    channel = factories.channel(review_levels=2, needs_proofreading=True)
    article = factories.article(channel=channel)
    editor, chief = factories.staff(Role.EDITOR), factories.staff(Role.CHIEF)
    reviews.submit(article, by=factories.staff(Role.EDITOR))
    sha256 = reviews.state_of(article).revision.sha256
    both = frozenset(SignOff.Kind)
    reviews.sign(article, by=editor, sha256=sha256, kinds=both)
    reviews.sign(article, by=chief, sha256=sha256)
    reviews.return_to_writer(article, by=chief, sha256=sha256, note="再核一遍")
    return article


@pytest.fixture
def manipulate():
    """Run SQL as somebody who has the file itself and switched the guards off."""

    def run(statement: str, values: list | None = None) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for table in TABLES:
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(
                    "SELECT name FROM sqlite_master"
                    " WHERE type = 'trigger' AND sql LIKE '%append-only%'"
                )
                for (name,) in cursor.fetchall():
                    cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(statement, values)

    return run


def test_untouched_ledgers_pass_and_the_last_entry_is_printed():
    signed_story()
    last = AuditEntry.objects.order_by("number").last()
    said = verified()
    assert "核对通过" in said
    assert "审稿记录 4 条" in said
    assert f"{last.number}:{last.sha256}" in said


def test_empty_ledgers_pass():
    assert "核对通过" in verified()


def test_changed_words_of_a_signed_revision_are_found(manipulate):
    article = signed_story()
    revision = Revision.objects.get(article=article)
    content = json.dumps({**revision.content, "title": "别的标题"})
    manipulate(
        "UPDATE articles_revision SET content = %s WHERE id = %s",
        [content, revision.pk],
    )
    assert f"稿件 {article.pk} 第 1 版：审签过的内容被改过" in faults()


def test_changed_words_with_a_new_fingerprint_are_found_too(manipulate):
    """Who also writes the matching fingerprint breaks the ledger that covers it."""
    revision = Revision.objects.get(article=signed_story())
    manipulate(
        "UPDATE articles_revision SET sha256 = %s WHERE id = %s",
        ["0" * 64, revision.pk],
    )
    assert "审稿记录：第 1 条的内容被改过" in faults()


# The key of the row says nothing; everything else is covered.
COLUMNS = {
    "number": "77",
    "level": "3",
    "kind": "'review'",
    "verdict": "'pass'",
    "person_name": "'别人'",
    "note": "'没有意见'",
    "signed_at": "'2001-02-03 04:05:06'",
    "previous_sha256": "'x'",
    "sha256": "'x'",
}


def test_every_column_of_the_ledger_is_named_here():
    keys = {"id", "round_id", "revision_id", "person_id"}
    assert {field.column for field in SignOff._meta.concrete_fields} == keys | set(
        COLUMNS
    )


@pytest.mark.parametrize("column", COLUMNS)
def test_change_of_any_column_of_the_ledger_is_found(manipulate, column):
    signed_story()
    manipulate(
        f"UPDATE articles_signoff SET {column} = {COLUMNS[column]} WHERE number = 4"  # noqa: S608
    )
    assert "审稿记录" in faults()


@pytest.mark.parametrize("column", ["round_id", "revision_id", "person_id"])
def test_entry_given_to_another_person_revision_or_round_is_found(manipulate, column):
    signed_story()
    signed_story()
    other = SignOff.objects.order_by("number").last()
    manipulate(
        f"UPDATE articles_signoff SET {column} = %s WHERE number = 1",  # noqa: S608
        [getattr(other, column)],
    )
    assert "审稿记录：第 1 条的内容被改过" in faults()


def test_tail_cut_off_the_ledger_is_found(manipulate):
    signed_story()
    manipulate("DELETE FROM articles_signoff WHERE number >= 3")
    said = faults()
    assert "审稿记录第 3 条不见了" in said
    assert "审稿记录第 4 条不见了" in said


def test_tail_cut_off_the_acts_is_found(manipulate):
    signed_story()
    manipulate(
        "DELETE FROM accounts_auditentry"
        " WHERE number = (SELECT MAX(number) FROM accounts_auditentry)"
    )
    assert "审稿记录第 4 条在操作记录里没有" in faults()


def test_same_tail_cut_off_both_is_found_by_an_entry_written_down_before(manipulate):
    signed_story()
    last = AuditEntry.objects.order_by("number").last()
    anchor = f"{last.number}:{last.sha256}"
    assert "核对通过" in verified(anchor=[anchor])
    manipulate("DELETE FROM articles_signoff WHERE number = 4")
    manipulate("DELETE FROM accounts_auditentry WHERE number = %s", [last.number])
    assert "核对通过" in verified()
    assert "和抄下的指纹不符" in faults(anchor=[anchor])


def test_changed_act_is_found(manipulate):
    signed_story()
    manipulate("UPDATE accounts_auditentry SET subject = 'x' WHERE number = 2")
    assert "操作记录：第 2 条的内容被改过" in faults()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("accounts_auditentry", "at"),
        ("articles_signoff", "signed_at"),
    ],
)
def test_damaged_row_is_reported_and_not_thrown_about(manipulate, table, column):
    """PostgreSQL does not store what is no time; SQLite stores anything."""
    signed_story()
    manipulate(f"UPDATE {table} SET {column} = '{{broken'")  # noqa: S608
    assert "读不出来" in faults()


def test_anchor_that_cannot_be_read_is_refused():
    with pytest.raises(CommandError, match="编号:指纹"):
        call_command("verify_ledger", anchor=["nonsense"])


def test_longer_ledgers_are_read_with_the_same_number_of_queries(
    django_assert_num_queries,
):
    signed_story()
    with django_assert_num_queries(8):
        verified()
    for _ in range(3):
        signed_story()
    with django_assert_num_queries(8):
        verified()
