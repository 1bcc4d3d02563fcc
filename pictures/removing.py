"""Taking a picture out of the library, with its files."""

from django.core.files.storage import default_storage
from django.db import transaction

from pictures.models import Picture
from pictures.renditions import folder_of, remove_folder


def remove(picture: Picture) -> None:
    """Delete the picture and every file of it. Raises ProtectedError while something
    shows it; the files go when the transaction is through."""
    files = [picture.file.name, *picture.versions.values_list("file", flat=True)]
    folder = folder_of(picture.key)
    with transaction.atomic():
        picture.delete()
        transaction.on_commit(lambda: _remove_files(files, folder))


def _remove_files(files: list[str], folder: str) -> None:
    for name in filter(None, files):
        default_storage.delete(name)
    remove_folder(folder)
