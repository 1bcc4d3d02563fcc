"""Where a picture is used: asked of every table that points to pictures."""

from dataclasses import dataclass

from django.db.models import Model
from django.urls import NoReverseMatch, reverse

from pictures.models import Picture, PictureVersion, TaggedPicture

SHOWN = 50  # rows of one table
_OWN = (PictureVersion, TaggedPicture)


@dataclass(frozen=True)
class Use:
    """One row that shows the picture."""

    kind: str  # what the table and its field are called
    row: str
    url: str  # its page in the admin; empty if it has none


def uses_of(picture: Picture) -> list[Use]:
    """Every row that shows the picture, the tables in the order of their apps.

    A story that readers have and its desk copy are two rows. A query for each table.
    """
    found = []
    for relation in Picture._meta.related_objects:
        model = relation.related_model
        if model in _OWN or not isinstance(model, type):
            continue
        rows = model._default_manager.filter(**{relation.field.name: picture})
        label = f"{model._meta.verbose_name}的{relation.field.verbose_name}"
        found += [Use(label, str(row), _page_of(row)) for row in rows[:SHOWN]]
    return found


def is_used(picture: Picture) -> bool:
    return bool(uses_of(picture))


def _page_of(row: Model) -> str:
    """The form of the row, or of what it is a part of."""
    for one in (row, getattr(row, "article", None), getattr(row, "topic", None)):
        if one is None:
            continue
        try:
            name = f"admin:{one._meta.app_label}_{one._meta.model_name}_change"
            return reverse(name, args=[one.pk])
        except NoReverseMatch:
            continue
    return ""
