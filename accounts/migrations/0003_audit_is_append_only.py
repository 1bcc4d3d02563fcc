"""The record of acts refuses UPDATE and DELETE by itself, whoever asks.

Django drops triggers when it rebuilds a SQLite table: a later migration that alters
AuditEntry must run these statements again.
"""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON accounts_auditentry
    BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END;"""
    for act in ("UPDATE", "DELETE")
]
SQLITE_UNDO = [
    "DROP TRIGGER IF EXISTS audit_no_update;",
    "DROP TRIGGER IF EXISTS audit_no_delete;",
]
POSTGRESQL = [
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the audit record is append-only'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;""",
    """CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();""",
]
POSTGRESQL_UNDO = [
    "DROP TRIGGER audit_append_only ON accounts_auditentry;",
    "DROP FUNCTION audit_append_only();",
]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    undo = SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO
    for statement in undo:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_grants_and_audit")]

    operations = [migrations.RunPython(guard, unguard)]
