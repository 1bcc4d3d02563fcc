"""Files for download, sound and moving pictures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.admin.house import HouseAdmin
from pictures.filing import NO_WORDS, take_captions, take_document, take_recording
from pictures.models import Document, Recording
from pictures.quotas import check_files_quota


class DocumentForm(forms.ModelForm):
    class Meta:
        model = Document
        fields = ["title", "file"]

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data:
            return take_document(self.instance, upload)
        return upload


class RecordingForm(forms.ModelForm):
    class Meta:
        model = Recording
        fields = ["title", "file", "poster", "captions", "transcript", "seconds"]

    def clean_file(self) -> UploadedFile:
        upload = self.cleaned_data["file"]
        if "file" in self.changed_data:
            return take_recording(self.instance, upload)
        return upload

    def clean_captions(self) -> Any:
        captions = self.cleaned_data["captions"]
        if captions and "captions" in self.changed_data:
            return take_captions(captions)
        return captions

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        has_words = cleaned.get("captions") or (cleaned.get("transcript") or "").strip()
        if not has_words and "captions" not in self.errors:
            raise ValidationError(NO_WORDS)
        if cleaned.get("seconds") is None and self.instance.pk is None:
            # What the file itself tells. Later somebody may know better.
            cleaned["seconds"] = self.instance.seconds
        return cleaned


class _FileAdmin(HouseAdmin):
    list_display = ["title", "kind", "weight", "uploaded_by", "created_at"]
    list_filter = ["kind"]
    list_select_related = ["uploaded_by"]
    search_fields = ["title"]
    show_full_result_count = False
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Its file stays what it is: stories that offer it were signed with it."""
        return ["shown"] if obj else []

    def save_model(
        self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            obj.uploaded_by = request.user
        super().save_model(request, obj, form, change)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        """The quota is the person's, which a form does not know."""
        form = super().get_form(request, obj, change, **kwargs)
        if change:
            return form

        class WithQuota(form):  # type: ignore[misc, valid-type]
            def clean(self) -> dict[str, Any]:
                check_files_quota(request.user)
                return super().clean()

        return WithQuota

    @admin.display(description="大小", ordering="bytes")
    def weight(self, file: Document | Recording) -> str:
        return filesizeformat(file.bytes)


@admin.register(Document)
class DocumentAdmin(_FileAdmin):
    form = DocumentForm

    def get_fields(self, request: HttpRequest, obj: Document | None = None) -> list:
        return ["title", "shown"] if obj else ["file", "title"]

    @admin.display(description="文件")
    def shown(self, document: Document) -> SafeString:
        return format_html(
            '<a href="{}">下载“{}”</a>', document.file.url, document.title
        )


@admin.register(Recording)
class RecordingAdmin(_FileAdmin):
    form = RecordingForm
    autocomplete_fields = ["poster"]

    class Media:
        js = ["admin_theme/choice-names.js"]

    def get_fields(self, request: HttpRequest, obj: Recording | None = None) -> list:
        words = ["title", "poster", "captions", "transcript", "seconds"]
        return ["shown", *words] if obj else ["file", *words]

    @admin.display(description="播放")
    def shown(self, recording: Recording) -> SafeString:
        """With its captions, so that the desk sees whether they fit."""
        captions = SafeString("")
        if recording.captions:
            captions = format_html(
                '<track kind="captions" srclang="zh-Hans" label="字幕" src="{}" default>',
                recording.captions.url,
            )
        if recording.kind == Recording.Kind.VIDEO:
            return format_html(
                '<video controls preload="none" width="480" src="{}" aria-label="{}">{}</video>',
                recording.file.url,
                recording.title,
                captions,
            )
        return format_html(
            '<audio controls preload="none" src="{}" aria-label="{}">{}</audio>',
            recording.file.url,
            recording.title,
            captions,
        )
