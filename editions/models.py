"""The desk's glossary: how particular words are written in each edition."""

import re
import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual

from editions.catalogue import HANS, HANT, EditionCode, Script
from editions.names import person_name_in
from editions.terms import TermEntry

_P = ParamSpec("_P")
_T = TypeVar("_T")

# Private-use characters carry meaning during conversion; controls separate texts.
_RESERVED = re.compile("[\x00-\x1f\x7f\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MARKUP = re.compile("[<>&\"']")
MAX_LENGTH = 64


class GlossaryVersion(models.Model):
    """One row whose stamp changes in the same transaction as any term.

    The stamp is random and not a count: a count could be given out a second time after
    a rollback or a restored backup, and a process would go on with terms nobody has.
    """

    stamp = models.CharField("版本", max_length=32)

    class Meta:
        verbose_name = "词表版本"
        verbose_name_plural = "词表版本"

    def __str__(self) -> str:
        return self.stamp

    @classmethod
    def current(cls) -> str:
        """The stamp, or an empty one while no term was ever written. One query."""
        return cls.objects.filter(pk=1).values_list("stamp", flat=True).first() or ""

    @classmethod
    def renew(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"stamp": uuid.uuid4().hex})


def _renewing(write: Callable[_P, _T]) -> Callable[_P, _T]:
    """Make a writing method change the version in the same transaction."""

    @wraps(write)
    def wrapped(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        with transaction.atomic():
            result = write(*args, **kwargs)
            GlossaryVersion.renew()
        return result

    return wrapped


class TermQuerySet(models.QuerySet["Term"]):
    """Every way of writing terms changes the glossary's version.

    `bulk_update` and `update_or_create` end in these. Raw SQL and fixtures do not: load
    the version with the terms, as `dumpdata editions` does.
    """

    update = _renewing(models.QuerySet.update)
    delete = _renewing(models.QuerySet.delete)
    bulk_create = _renewing(models.QuerySet.bulk_create)


class Term(models.Model):
    """A word that conversion must not decide about: a name, an institution, a dish."""

    class Script(models.TextChoices):
        HANS = HANS, "简体"
        HANT = HANT, "繁体"

    class Kind(models.TextChoices):
        WORD = "word", "普通词"
        PERSON = "person", "人名"
        PLACE = "place", "地名"
        ORGANISATION = "organisation", "机构"

    class Origin(models.TextChoices):
        """Who put the term here. Switching the list off removes what came from it."""

        DESK = "desk", "采编"
        REGIONAL = "regional", "地区用词"

    source = models.CharField(
        "原文",
        max_length=MAX_LENGTH,
        help_text="稿件里的写法，至少两个字。一个字出现在太多词里，不能作词条。",
    )
    script = models.CharField(
        "原文字形",
        max_length=7,
        choices=Script,
        default=Script.HANS,
        help_text="简体稿件和繁体稿件各用各的词条。",
    )
    kind = models.CharField(
        "类别",
        max_length=12,
        choices=Kind,
        default=Kind.WORD,
        help_text="人名不填写法时，按人名的习惯用字转换：岳云鹏在繁体版是岳雲鵬。",
    )
    is_protected = models.BooleanField(
        "各版照原文", default=False, help_text="每一版都按原文刊出，不作任何转换。"
    )
    form_zh_hant = models.CharField(
        "繁体版",
        max_length=MAX_LENGTH,
        blank=True,
        help_text="留空时依次采用台湾版、香港版的写法；都留空则单独转换这个词。",
    )
    form_zh_tw = models.CharField(
        "台湾版",
        max_length=MAX_LENGTH,
        blank=True,
        help_text="留空时依次采用繁体版、香港版的写法。",
    )
    form_zh_hk = models.CharField(
        "香港版",
        max_length=MAX_LENGTH,
        blank=True,
        help_text="留空时依次采用繁体版、台湾版的写法。",
    )
    form_zh_hans = models.CharField(
        "简体版",
        max_length=MAX_LENGTH,
        blank=True,
        help_text="只用于繁体原文。",
    )
    note = models.CharField(
        "说明", max_length=200, blank=True, help_text="为什么这样写，给以后的同事看。"
    )
    origin = models.CharField(
        "来历", max_length=8, choices=Origin, default=Origin.DESK, editable=False
    )

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "词条"
        verbose_name_plural = "转换词表"
        ordering = ["source", "script"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "script"],
                name="editions_term_source_once",
                violation_error_message="这个原文已经有词条了。",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length("source"), 2),
                name="editions_term_source_two_characters",
                violation_error_message="原文至少要有两个字。",
            ),
        ]

    def __str__(self) -> str:
        return self.source

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        GlossaryVersion.renew()

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        result = super().delete(*args, **kwargs)
        GlossaryVersion.renew()
        return result

    def clean(self) -> None:
        """Refuse, with a sentence for each field, what conversion could not honour."""
        self.source = self.source.strip()
        errors = {}
        if len(self.source) < 2:
            errors["source"] = "原文至少要有两个字：单个字会误伤别的词。"
        elif _MARKUP.search(self.source):
            errors["source"] = "原文不能含有引号和 < > & 这些符号。"
        errors |= self._unusable_forms()
        for name, value in self._texts():
            if _RESERVED.search(value):
                errors[name] = "这里有看不见的控制字符或私用区字符，请删去后重新输入。"
        if errors:
            raise ValidationError(errors)

    def entry(self) -> TermEntry:
        """This term as conversion needs it. A person's name without a form of the desk's
        has in each edition the characters that are usual in names."""
        forms: dict[EditionCode, str] = {
            "zh-hans": self.form_zh_hans,
            "zh-hant": self.form_zh_hant,
            "zh-tw": self.form_zh_tw,
            "zh-hk": self.form_zh_hk,
        }
        is_name = self.kind == self.Kind.PERSON and self.script == self.Script.HANS
        if is_name and not any(forms.values()):
            forms = {code: person_name_in(self.source, code) for code in forms}
        script: Script = HANT if self.script == self.Script.HANT else HANS
        return TermEntry(self.source, script, forms, is_protected=self.is_protected)

    def _texts(self) -> Iterable[tuple[str, str]]:
        names = ("source", "form_zh_hant", "form_zh_tw", "form_zh_hk", "form_zh_hans")
        return ((name, getattr(self, name)) for name in names)

    def _unusable_forms(self) -> dict[str, str]:
        """Forms for editions that print this term as it was written anyway."""
        filled = {name for name, value in self._texts() if value} - {"source"}
        if self.is_protected:
            return dict.fromkeys(filled, "已选“各版照原文”，这里应当留空。")
        if self.script == self.Script.HANS:
            sentence = "简体原文在简体版照原文刊出，这里应当留空。"
            return dict.fromkeys(filled & {"form_zh_hans"}, sentence)
        sentence = "繁体原文在繁体各版照原文刊出，这里应当留空。"
        return dict.fromkeys(filled - {"form_zh_hans"}, sentence)
