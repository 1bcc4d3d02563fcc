"""What the database itself refuses about reviews, whoever asks and by whatever route.

The ledger, revisions and their writers cannot be changed or removed. Nobody signs a
revision with their own words in it, nobody passes two levels of one round, a signature
belongs to a revision of the story under review and to a level that its round has, and
it follows the last entry of the chain. What a round asks for stays as it was opened.

Django drops triggers when it rebuilds a SQLite table: a later migration that alters one
of these tables must run these statements again, as this one does for the intervals of
published articles, whose table the migration before it rebuilt.
"""

from importlib import import_module

from django.db import migrations

intervals = import_module("articles.migrations.0002_published_intervals_never_overlap")

FROZEN_TABLES = ["articles_signoff", "articles_revision", "articles_revisionwriter"]
RULES = {
    "nobody signs their own words": """
        NEW.verdict <> 'return' AND EXISTS (
            SELECT 1 FROM articles_revisionwriter AS writer
            WHERE writer.revision_id = NEW.revision_id
              AND writer.person_id = NEW.person_id)""",
    "one person passes one level of a round": """
        NEW.verdict = 'pass' AND EXISTS (
            SELECT 1 FROM articles_signoff AS other
            WHERE other.round_id = NEW.round_id AND other.person_id = NEW.person_id
              AND other.verdict = 'pass' AND other.level <> NEW.level)""",
    "a signature belongs to its round": """
        NOT EXISTS (
            SELECT 1 FROM articles_reviewround AS round
            JOIN articles_revision AS revision ON revision.article_id = round.article_id
            WHERE round.id = NEW.round_id AND revision.id = NEW.revision_id
              AND round.closed_at IS NULL AND NEW.level <= round.levels)""",
    "the last level cannot be waived": """
        NEW.verdict = 'waive' AND EXISTS (
            SELECT 1 FROM articles_reviewround AS round
            WHERE round.id = NEW.round_id AND NEW.level >= round.levels)""",
    "the ledger is a chain": """
        NEW.previous_sha256 <> COALESCE((
            SELECT last.sha256 FROM articles_signoff AS last
            ORDER BY last.number DESC LIMIT 1), '')""",
}


ROUND_COLUMNS = ["article_id", "number", "revision_id", "levels", "needs_proofreading"]


def _sqlite():
    yield (
        f"CREATE TRIGGER review_round_terms BEFORE UPDATE OF {', '.join(ROUND_COLUMNS)}"
        " ON articles_reviewround WHEN "
        + " OR ".join(f"OLD.{name} <> NEW.{name}" for name in ROUND_COLUMNS)
        + " BEGIN SELECT RAISE(ABORT, 'the terms of a round stay'); END;"
    )
    for table in FROZEN_TABLES:
        for act in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
                f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;"
            )
    checks = " ".join(
        f"SELECT RAISE(ABORT, '{name}') WHERE {rule};" for name, rule in RULES.items()
    )
    yield f"CREATE TRIGGER sign_off_rules BEFORE INSERT ON articles_signoff BEGIN {checks} END;"


def _postgresql():
    changed = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in ROUND_COLUMNS)
    yield (
        "CREATE FUNCTION review_round_terms() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {changed} THEN RAISE EXCEPTION 'the terms of a round stay'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$;"
    )
    yield (
        "CREATE TRIGGER review_round_terms BEFORE UPDATE ON articles_reviewround"
        " FOR EACH ROW EXECUTE FUNCTION review_round_terms();"
    )
    yield """CREATE FUNCTION desk_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;"""
    for table in FROZEN_TABLES:
        yield (
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION desk_append_only();"
        )
    checks = " ".join(
        f"IF {rule} THEN RAISE EXCEPTION '{name}'"
        " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        for name, rule in RULES.items()
    )
    yield (
        "CREATE FUNCTION sign_off_rules() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {checks} RETURN NEW; END $$;"
    )
    yield (
        "CREATE TRIGGER sign_off_rules BEFORE INSERT ON articles_signoff"
        " FOR EACH ROW EXECUTE FUNCTION sign_off_rules();"
    )


def guard(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if is_sqlite:
        for statement in intervals.SQLITE_UNDO + intervals.SQLITE:
            schema_editor.execute(statement)
    for statement in _sqlite() if is_sqlite else _postgresql():
        # Without parameters a percent sign is one: PostgreSQL has one in a message.
        schema_editor.execute(statement, params=None)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        names = [
            f"{table}_no_{act}" for table in FROZEN_TABLES for act in ("update", "delete")
        ]
        for name in [*names, "sign_off_rules", "review_round_terms"]:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name};")
        return
    for table in FROZEN_TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table};")
    schema_editor.execute("DROP TRIGGER sign_off_rules ON articles_signoff;")
    schema_editor.execute("DROP FUNCTION sign_off_rules();")
    schema_editor.execute("DROP TRIGGER review_round_terms ON articles_reviewround;")
    schema_editor.execute("DROP FUNCTION review_round_terms();")
    schema_editor.execute("DROP FUNCTION desk_append_only();")


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_the_desk")]

    operations = [migrations.RunPython(guard, unguard)]
