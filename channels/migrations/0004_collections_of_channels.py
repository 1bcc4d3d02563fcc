"""A collection of pictures for each channel at the top of the tree."""

from django.db import migrations


def give_collections(apps, schema_editor):
    collection = apps.get_model("pictures", "Collection")
    for channel in apps.get_model("channels", "Channel").objects.filter(parent=None):
        if channel.kind != "link":
            collection.objects.get_or_create(name=channel.name)


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0003_readers_pages"),
        ("pictures", "0002_the_library"),
    ]

    operations = [migrations.RunPython(give_collections, migrations.RunPython.noop)]
