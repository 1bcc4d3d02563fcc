"""What the migration before it left: the guard of intervals, and who stands under what is out.

SQLite rebuilt the table of published articles, and its triggers went with the old one.
Stories published before have names only: they are matched to people once, here.
"""

from importlib import import_module

from django.db import migrations

intervals = import_module("articles.migrations.0002_published_intervals_never_overlap")


def guard_again(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*intervals.SQLITE_UNDO, *intervals.SQLITE]:
            schema_editor.execute(statement)


def fill_credits(apps, schema_editor):
    published = apps.get_model("articles", "PublishedArticle")
    credit = apps.get_model("articles", "PublishedCredit")
    authors = dict(apps.get_model("articles", "Author").objects.values_list("name", "pk"))
    for row in published.objects.only("pk", "article", "authors", "editors").iterator():
        chosen = {
            item.editor.name: item.editor_id
            for item in row.article.editor_credits.select_related("editor")
        }
        credit.objects.bulk_create(
            [
                credit(published_article=row, author_id=authors[name])
                for name in dict.fromkeys(row.authors)
                if name in authors
            ]
            + [
                credit(published_article=row, editor_id=chosen[name])
                for name in dict.fromkeys(row.editors)
                if name in chosen
            ]
        )


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_readers_pages")]

    operations = [
        migrations.RunPython(guard_again, migrations.RunPython.noop),
        migrations.RunPython(fill_credits, migrations.RunPython.noop),
    ]
