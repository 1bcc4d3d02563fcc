"""SQLite rebuilt the table of published articles: its guard of intervals is made again."""

from importlib import import_module

from django.db import migrations

guards = import_module("articles.migrations.0006_guards_and_credits_of_published_stories")


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_editions_of_a_story")]

    operations = [migrations.RunPython(guards.guard_again, migrations.RunPython.noop)]
