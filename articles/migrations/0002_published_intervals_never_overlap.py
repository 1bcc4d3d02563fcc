"""One article is shown in at most one version at any moment: the database's own guard.

PostgreSQL has an exclusion constraint for it. SQLite has triggers; writers queue there
(transactions begin IMMEDIATE), so a check before the write is a guarantee. Django drops
triggers when it rebuilds a SQLite table: a later migration that alters
PublishedArticle must run these statements again.
"""

from django.db import migrations

OVERLAP = """
    SELECT RAISE(ABORT, 'published intervals overlap')
    WHERE EXISTS (
        SELECT 1 FROM articles_publishedarticle AS other
        WHERE other.article_id = NEW.article_id
          AND other.id <> NEW.id
          AND (other.visible_until IS NULL OR other.visible_until > NEW.visible_from)
          AND (NEW.visible_until IS NULL OR NEW.visible_until > other.visible_from)
          AND (other.visible_until IS NULL OR other.visible_until > other.visible_from)
          AND (NEW.visible_until IS NULL OR NEW.visible_until > NEW.visible_from)
    );
"""
SQLITE = [
    f"CREATE TRIGGER published_overlap_insert AFTER INSERT ON articles_publishedarticle BEGIN {OVERLAP} END;",
    f"""CREATE TRIGGER published_overlap_update
    AFTER UPDATE OF article_id, visible_from, visible_until ON articles_publishedarticle
    BEGIN {OVERLAP} END;""",
]
SQLITE_UNDO = [
    "DROP TRIGGER IF EXISTS published_overlap_insert;",
    "DROP TRIGGER IF EXISTS published_overlap_update;",
]
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist;",
    """ALTER TABLE articles_publishedarticle ADD CONSTRAINT published_overlap
    EXCLUDE USING gist (article_id WITH =, tstzrange(visible_from, visible_until) WITH &&);""",
]
POSTGRESQL_UNDO = ["ALTER TABLE articles_publishedarticle DROP CONSTRAINT published_overlap;"]


def guard(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    undo = SQLITE_UNDO if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_UNDO
    for statement in undo:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [migrations.RunPython(guard, unguard)]
