"""The form as it was typed: put onto other rows, or looked at as if it were saved."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.db import IntegrityError, transaction
from django.http import HttpRequest, QueryDict

from articles.models import Article, Section
from articles.sessions import Fields
from articles.snapshots import content_of

MOST_ROWS = 1000
# The rows of a story, and the column and the posted field by which two rows are the same
# although their keys differ: a section that was deleted and restored, a name that was
# added twice, the one honour that a story has.
TWINS = {
    "sections": ("anchor", "carried_anchor"),
    "author_credits": ("author", "author"),
    "editor_credits": ("editor", "editor"),
    "related_links": ("related", "related"),
    "honour": ("article", "article"),
}
_COUNTS = {"TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"}
_ROW = re.compile(r"([a-z_]+)-(\d{1,4})-(\w+)")
# What the form of an honour posts although nothing was typed into it.
_ALWAYS_POSTED = {"id", "article", "portrait"}
# What is cut to fit when it is shown although it could not be saved.
_WORDS = {"title", "subtitle", "kicker", "standfirst", "heading", "subheading"}


@dataclass
class Row:
    """One posted row. `key` is the stored row it belongs to, None for a new one."""

    values: dict[str, list[str]] = field(default_factory=dict)
    key: int | None = None

    def first(self, name: str) -> str:
        return (self.values.get(name) or [""])[0]

    @property
    def is_deleted(self) -> bool:
        return bool(self.first("DELETE"))

    @property
    def is_blank(self) -> bool:
        return not any(map(self.first, self.values.keys() - _ALWAYS_POSTED))


def known_fields(model_admin: ModelAdmin, data: QueryDict) -> Fields:
    """The part of a posted form that belongs to the story; everything else is dropped.

    Takes the names from the form and from the inlines, so a new field is known at once.
    """
    single = set()
    for name, form_field in model_admin.form.base_fields.items():
        parts = getattr(form_field.widget, "widgets_names", None)
        single |= {name} | {f"{name}{part}" for part in parts or ["_0", "_1"]}
    rows = {"id", "article", "DELETE"}
    of_row = {
        _prefix(inline): rows | set(inline.form.base_fields)
        for inline in model_admin.inlines
    }
    counts = {f"{prefix}-{count}" for prefix in of_row for count in _COUNTS}
    kept = {}
    for name, values in data.lists():
        row = _ROW.fullmatch(name)
        is_of_row = row and row[3] in of_row.get(row[1], ())
        if name in single or name in counts or is_of_row:
            kept[name] = [str(value) for value in values]
    return kept


def as_posted(values: Fields) -> QueryDict:
    """Kept fields as a form that can be bound."""
    data = QueryDict(mutable=True)
    for name, texts in values.items():
        data.setlist(name, texts)
    return data


def rebase(data: QueryDict, article: Article | None, *, removes: bool) -> QueryDict:
    """The posted form, put onto the rows that the story has now.

    A row that is no longer there becomes a new one, with its anchor; a new row that is
    there by now takes its place. With `removes`, rows that the form does not have are
    marked to be deleted, so that saving gives exactly what was typed. Three queries.
    """
    rebased = data.copy()
    for name in data:
        row = _ROW.fullmatch(name)
        if row and row[1] in TWINS:
            del rebased[name]
    for prefix, (column, twin) in TWINS.items():
        if prefix == "honour" and f"{prefix}-TOTAL_FORMS" not in data:
            continue  # most forms have no place for one, and so say nothing of it
        rows_of = Article._meta.get_field(prefix).related_model.objects
        stored = (
            dict(rows_of.filter(article=article).values_list("pk", column))
            if article
            else {}
        )
        rows = _placed(_rows(data, prefix), stored, twin)
        if removes:
            seen = {row.key for row in rows}
            rows += [Row({"DELETE": ["on"]}, key) for key in stored if key not in seen]
        _write(rebased, prefix, rows, article)
    return rebased


@contextmanager
def as_typed(
    model_admin: ModelAdmin,
    request: HttpRequest,
    article: Article | None,
    data: QueryDict,
) -> Iterator[Article]:
    """The story as it would be stored if this form were saved, for as long as the block.

    Everything is rolled back afterwards. What could not be saved is shown as near as it
    can be: words too long are cut, a choice that does not exist is left as stored. The
    form is put onto the rows of now first. Does not check whether the person may.
    """
    rebased = rebase(data, article, removes=True)
    with transaction.atomic():
        try:
            yield _stored(model_admin, request, article, rebased)
        finally:
            transaction.set_rollback(True)


def content_as_typed(
    model_admin: ModelAdmin,
    request: HttpRequest,
    article: Article | None,
    data: QueryDict,
) -> dict[str, Any]:
    """The content that saving this form would give; see as_typed."""
    with as_typed(model_admin, request, article, data) as typed:
        return content_of(typed)


def _prefix(inline: type) -> str:
    keys = [key for key in inline.model._meta.fields if key.related_model is Article]
    return keys[0].remote_field.related_name


def _rows(data: QueryDict, prefix: str) -> list[Row]:
    count = data.get(f"{prefix}-TOTAL_FORMS", "")
    total = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else 0
    rows = [Row() for _ in range(total)]
    for name, values in data.lists():
        part = _ROW.fullmatch(name)
        if part and part[1] == prefix and int(part[2]) < total:
            rows[int(part[2])].values[part[3]] = values
    return rows


def _placed(rows: list[Row], stored: dict[int, Any], twin: str) -> list[Row]:
    """The rows with the keys of now; no two get the same one."""
    free = dict(stored)
    by_twin = {str(value): key for key, value in stored.items()}
    named = twin not in {"carried_anchor", "article"}
    for row in sorted(rows, key=lambda row: row.is_deleted):
        own = int(row.first("id")) if row.first("id").isdecimal() else None
        # A form for the honour is always there; an empty one means no honour.
        is_nothing = twin == "article" and row.is_blank
        other = None if is_nothing else by_twin.get(row.first(twin))
        # A credit is its name, whichever row it stands in. A section is its row.
        wanted = [other] if named and row.first(twin) else [own, other]
        row.key = next((key for key in wanted if key in free), None)
        free.pop(row.key, None)
    return [row for row in rows if row.key or not row.is_deleted]


def _write(
    data: QueryDict, prefix: str, rows: list[Row], article: Article | None
) -> None:
    stored = [row for row in rows if row.key]
    ordered = stored + [row for row in rows if not row.key]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(ordered))
    data[f"{prefix}-INITIAL_FORMS"] = str(len(stored))
    for index, row in enumerate(ordered):
        own = {
            "id": [str(row.key or "")],
            "article": [str(article.pk) if article else ""],
        }
        for name, values in (row.values | own).items():
            data.setlist(f"{prefix}-{index}-{name}", values)


def _stored(
    model_admin: ModelAdmin,
    request: HttpRequest,
    article: Article | None,
    data: QueryDict,
) -> Article:
    form_class = model_admin.get_form(request, article, change=article is not None)
    fresh = Article.objects.get(pk=article.pk) if article else None
    form = form_class(data, instance=fresh)
    if not form.is_valid():
        _make_fit(form)
    typed = form.save()
    for formset_class, inline in model_admin.get_formsets_with_inlines(
        request, article
    ):
        formset = formset_class(
            data,
            instance=typed,
            prefix=formset_class.get_default_prefix(),
            queryset=inline.get_queryset(request),
        )
        formset.is_valid()
        for row in formset.forms:
            _store_row(formset, row)
    return typed


def _store_row(formset: forms.BaseInlineFormSet, row: forms.ModelForm) -> None:
    if row.cleaned_data.get("DELETE"):
        if row.instance.pk:
            row.instance.delete()
        return
    if not row.has_changed():
        return
    if row.errors:
        if not isinstance(row.instance, Section):
            return
        _make_fit(row)
    # The same person twice in a form: the page says so; here one of the two will do.
    with suppress(IntegrityError), transaction.atomic():
        if row.instance.pk:
            row.save()
        else:
            formset.save_new(row)


def _make_fit(form: forms.ModelForm) -> None:
    """Make a form that could not be saved one that can, near to what was typed."""
    for name in _WORDS & set(form.errors) & set(form.fields):
        longest = form.instance._meta.get_field(name).max_length
        words = form.data.get(form.add_prefix(name), "").replace("\0", "")
        setattr(form.instance, name, words[:longest])
    if isinstance(form.instance, Section) and not form.instance.heading:
        form.instance.heading = form.instance.subheading
        form.instance.subheading = ""
    form.errors.clear()
