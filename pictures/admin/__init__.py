"""The library in the admin: pictures, what they belong to, and other files."""

from pictures.admin.files import DocumentAdmin, RecordingAdmin
from pictures.admin.library import PictureAdmin
from pictures.admin.shelves import CollectionAdmin, PictureTagAdmin

__all__ = [
    "CollectionAdmin",
    "DocumentAdmin",
    "PictureAdmin",
    "PictureTagAdmin",
    "RecordingAdmin",
]
