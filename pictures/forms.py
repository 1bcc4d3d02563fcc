"""What is asked about a picture, when it comes in and later."""

import re
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.field_words import in_house_words
from accounts.models import User
from pictures.framing import problem_with
from pictures.models import Picture
from pictures.models.picture import LONGEST_TAG
from pictures.shelving import add

MOST_TAGS = 20
LONGEST_NAME = 80  # characters of a picture's name
_FOCUS = re.compile(
    r"(0|1|0?\.\d{1,6}|0\.\d{1,6}|1\.0{1,6})x(0|1|0?\.\d{1,6}|1\.0{1,6})"
)
_NOT_WORDS = re.compile(r"[\x00-\x1f\x7f_]+|\s+")

DESCRIBING = ["title", "alt_text", "is_decorative", "caption", "credit"]
ORIGIN = [
    "rights",
    "rights_note",
    "taken_on",
    "place",
    "people",
    "is_ai_generated",
]
FILING = ["collection", "tags"]


class _WordsForm(forms.ModelForm):
    def clean_tags(self) -> list[str]:
        tags = self.cleaned_data["tags"]
        if len(tags) > MOST_TAGS:
            raise ValidationError(f"标签最多 {MOST_TAGS} 个，现在有 {len(tags)} 个。")
        for tag in tags:
            if len(tag) > LONGEST_TAG:
                raise ValidationError(
                    f"标签“{tag[:10]}…”太长，最多 {LONGEST_TAG} 个字。"
                )
        return tags

    def clean(self) -> dict[str, Any]:
        """Described or decorative: the constraint says the same, of no field."""
        cleaned = super().clean() or self.cleaned_data
        has_words = bool((cleaned.get("alt_text") or "").strip())
        if "alt_text" in self.errors:
            return cleaned
        if cleaned.get("is_decorative") and has_words:
            self.add_error(
                "alt_text", "装饰图不写替代文字：要么去掉文字，要么取消勾选。"
            )
        elif not cleaned.get("is_decorative") and not has_words:
            self.add_error(
                "alt_text",
                "写上替代文字：图里有谁、在做什么。只起装饰作用的，勾选“装饰图”。",
            )
        return cleaned


class UploadForm(_WordsForm):
    """A picture that comes in, with its words."""

    file = forms.FileField(
        label="图片",
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": "选一张图片。", "empty": "文件是空的。"},
    )
    keep_near = forms.BooleanField(
        label="库里有看起来一样的图，仍然上传", required=False
    )

    class Meta:
        model = Picture
        fields = [*DESCRIBING, *ORIGIN, *FILING]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            in_house_words(self.fields[name], Picture._meta.get_field(name))
        self.fields["title"].required = False
        self.fields["title"].help_text = "空着用文件名。读者看不到。"

    def clean_title(self) -> str:
        return self.cleaned_data["title"] or name_from(self.files.get("file"))

    def put_in(self, by: User) -> Picture:
        """Put the picture into the library. Raises ValidationError, AlreadyThere and
        LooksAlike; nothing is kept then."""
        columns = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"file", "keep_near", "tags"}
        }
        picture = add(
            self.cleaned_data["file"],
            by=by,
            refuses_same=True,
            refuses_near=not self.cleaned_data["keep_near"],
            **columns,
        )
        picture.tags.set(self.cleaned_data["tags"])
        return picture


class PictureForm(_WordsForm):
    """What is known of a picture of the library, and how it is cut."""

    class Meta:
        model = Picture
        fields = [*DESCRIBING, *ORIGIN, *FILING, "focal_point", "crops"]

    def clean_focal_point(self) -> str:
        focus = self.cleaned_data["focal_point"].strip()
        if not _FOCUS.fullmatch(focus):
            raise ValidationError("焦点写成 0.5x0.5 的样子，两个数都在 0 和 1 之间。")
        return focus

    def clean_crops(self) -> dict:
        crops = self.cleaned_data["crops"] or {}
        problem = problem_with(crops, self.instance.width, self.instance.height)
        if problem:
            raise ValidationError(problem)
        return crops

    def save(self, commit: bool = True) -> Picture:  # noqa: FBT001, FBT002
        """Cut otherwise, its sizes have to be made again."""
        if {"focal_point", "crops"} & set(self.changed_data):
            self.instance.is_rendered = False
        return super().save(commit=commit)


class ReplacementForm(forms.Form):
    file = forms.FileField(
        label="新图片",
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": "选一张图片。", "empty": "文件是空的。"},
    )


def name_from(upload: Any) -> str:
    """What a picture is called if nobody says: the file's name without its ending."""
    stem = PurePosixPath(getattr(upload, "name", "") or "").stem
    words = _NOT_WORDS.sub(" ", stem.encode("utf-8", "ignore").decode()).strip()
    return words[:LONGEST_NAME] or "图片"
