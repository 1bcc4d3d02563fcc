from django.db import migrations

from search import tables


def create(apps, schema_editor):
    for table in (tables.STORIES, tables.DESK):
        tables.create(schema_editor.connection, table)


def drop(apps, schema_editor):
    for table in (tables.STORIES, tables.DESK):
        tables.drop(schema_editor.connection, table)


class Migration(migrations.Migration):
    """The tables that hold the tokens: FTS5 on SQLite, `tsvector` on PostgreSQL."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop, elidable=False)]
