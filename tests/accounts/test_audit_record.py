"""The record of acts is a chain that nobody can change, thin out or fork."""

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from accounts import audit
from accounts.chain import digest, first_break
from accounts.models import Act, AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db

TABLE = "accounts_auditentry"


def record_some(count: int = 4) -> list[AuditEntry]:
    user = factories.staff()
    return [
        audit.record(
            Act.CHANGE,
            by=user,
            subject=user,
            before={"display_name": f"名{number}"},
            after={"display_name": f"名{number + 1}", "tags": [1, 2]},
        )
        for number in range(count)
    ]


def chain() -> list[AuditEntry]:
    return list(AuditEntry.objects.order_by("number"))


def without_guards() -> None:
    """As somebody would who has the database file itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")


@pytest.mark.parametrize(
    "act",
    [
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).update(subject="别的"),
        lambda entry: AuditEntry.objects.filter(pk=entry.pk).delete(),
        lambda entry: entry.save(),
        lambda entry: AuditEntry.objects.bulk_update([entry], ["subject"]),
        lambda entry: AuditEntry.objects.all().delete(),
    ],
    ids=["update", "delete", "save", "bulk_update", "delete all"],
)
def test_orm_cannot_change_what_was_recorded(act):
    entry = record_some()[1]
    before = [one.sha256 for one in chain()]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        act(entry)
    assert [one.sha256 for one in chain()] == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditentry SET subject = 'x'",
        "UPDATE accounts_auditentry SET number = number + 100 WHERE number = 2",
        "DELETE FROM accounts_auditentry",
        "DELETE FROM accounts_auditentry WHERE number = 4",
    ],
)
def test_sql_cannot_change_what_was_recorded(statement):
    record_some()
    before = [one.sha256 for one in chain()]
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert [one.sha256 for one in chain()] == before


def test_person_with_entries_cannot_be_deleted():
    entry = record_some()[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.person.delete()


def test_chain_holds_as_written():
    record_some()
    assert first_break(chain()) is None
    assert [entry.number for entry in chain()] == [1, 2, 3, 4]


# The key of the row says nothing; everything else is covered.
COLUMNS = [
    field.column for field in AuditEntry._meta.concrete_fields if not field.primary_key
]
OTHER = {
    "number": "99",
    "at": "'2001-02-03 04:05:06.000007'",
    "person_id": "NULL",
    "before": """'{"display_name": "名0"}'""",
    "after": "NULL",
}


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize("column", COLUMNS)
def test_change_of_any_column_of_any_row_is_found(column, number):
    record_some()
    without_guards()
    value = OTHER.get(column, "'x'")
    if column == "before" and number == 1:
        value = """'{"display_name": "各0"}'"""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {TABLE} SET {column} = {value} WHERE number = {number}"  # noqa: S608
        )
    found = first_break(chain())
    assert found is not None
    assert found.number == number


def test_every_single_byte_of_an_entry_counts():
    """One character of a text, one digit of a number or of a time: the hash differs."""
    entry = record_some(1)[0]
    payload = entry.payload()
    for name, value in payload.items():
        other = f"{value}x" if isinstance(value, str) else [value]
        assert digest("", payload | {name: other}) != entry.sha256
    assert digest("x", payload) != entry.sha256


@pytest.mark.parametrize("number", [1, 3])
def test_entry_taken_out_is_found(number):
    record_some()
    without_guards()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE number = {number}")  # noqa: S608
    assert first_break(chain()).number == number


def test_entry_taken_out_with_the_others_moved_up_is_found():
    record_some()
    without_guards()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_auditentry WHERE number = 2")
        for number in (3, 4):
            cursor.execute(
                "UPDATE accounts_auditentry SET number = number - 1 WHERE number = %s",
                [number],
            )
    assert first_break(chain()).number == 2


def test_act_that_is_rolled_back_leaves_no_entry():
    with transaction.atomic():
        record_some(1)
        transaction.set_rollback(True)
    assert chain() == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain_without_a_fork():
    user = factories.staff()
    start = threading.Barrier(4)
    faults = []

    def write(name: str) -> None:
        try:
            start.wait()
            for number in range(10):
                with transaction.atomic():
                    audit.record(Act.CHANGE, by=user, label=f"{name}-{number}")
        except Exception as fault:  # noqa: BLE001  shown by the assertion below
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(chain()) == 40
    assert first_break(chain()) is None
