"""Another file for a picture, and the files it had before."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from pictures.forms import ReplacementForm
from pictures.models import Picture, PictureVersion
from pictures.renditions import jpeg
from pictures.shelving import bring_back, replace
from pictures.usage import uses_of


def replace_page(request: HttpRequest, picture_id: int) -> HttpResponse:
    """Say where the picture is shown, and by POST show another file there."""
    picture = _changeable(request, picture_id)
    form: forms.Form = ReplacementForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            replace(picture, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error("file", error)
        else:
            messages.success(
                request, "已换成新图片，旧的留在“旧版本”里。请看一下裁切。"
            )
            return redirect("admin:pictures_picture_change", picture.pk)
    return TemplateResponse(
        request,
        "admin/pictures/replace.html",
        {
            **admin.site.each_context(request),
            "opts": Picture._meta,
            "title": f"替换图片“{picture}”",
            "picture": picture,
            "preview": jpeg(picture, "lead"),
            "uses": uses_of(picture),
            "form": form,
        },
    )


@require_POST
def bring_back_page(request: HttpRequest, picture_id: int, number: int) -> HttpResponse:
    """Show an earlier file again."""
    picture = _changeable(request, picture_id)
    version = get_object_or_404(PictureVersion, picture=picture, number=number)
    bring_back(version, by=request.user)
    messages.success(request, f"已换回第 {number} 版。")
    return redirect("admin:pictures_picture_change", picture.pk)


@require_safe
def version_file(
    request: HttpRequest, picture_id: int, number: int
) -> HttpResponseBase:
    """An earlier file, for staff: readers cannot open it."""
    if not request.user.has_perm("pictures.view_picture"):
        raise PermissionDenied
    version = get_object_or_404(PictureVersion, picture=picture_id, number=number)
    try:
        return FileResponse(default_storage.open(version.file.name))
    except OSError as error:
        raise Http404(version.file.name) from error


def _changeable(request: HttpRequest, picture_id: int) -> Picture:
    if not request.user.has_perm("pictures.change_picture"):
        raise PermissionDenied
    return get_object_or_404(Picture, pk=picture_id)
