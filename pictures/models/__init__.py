from pictures.models.files import Document, Recording
from pictures.models.picture import (
    Collection,
    Picture,
    PictureTag,
    PictureVersion,
    Rights,
    TaggedPicture,
)

__all__ = [
    "Collection",
    "Document",
    "Picture",
    "PictureTag",
    "PictureVersion",
    "Recording",
    "Rights",
    "TaggedPicture",
]
