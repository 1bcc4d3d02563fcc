"""The page by which pictures come into the library.

Without scripts it takes one picture with its words. With scripts it takes many: each is
posted by itself, so that one that is refused holds up no other.
"""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from pictures.forms import DESCRIBING, FILING, ORIGIN, UploadForm
from pictures.models import Picture
from pictures.renditions import jpeg
from pictures.shelving import AlreadyThereError, LooksAlikeError

if TYPE_CHECKING:
    from pictures.admin.library import PictureAdmin

MOST_TWINS = 4


def upload_page(request: HttpRequest, library: "PictureAdmin") -> HttpResponse:
    """Ask for pictures and their words; by POST put one in. A script is answered in
    JSON."""
    if not library.has_add_permission(request):
        raise PermissionDenied
    is_script = request.headers.get("Accept", "").startswith("application/json")
    form = UploadForm(request.POST or None, request.FILES or None)
    twins: list[Picture] = []
    if request.method == "POST":
        if len(request.FILES.getlist("file")) > 1:
            form.add_error(
                "file", "一次传几张要用到浏览器脚本；没有脚本时请一张一张传。"
            )
        picture, twins = _put_in(request, form)
        if picture and is_script:
            return JsonResponse(_told(picture))
        if picture:
            return _answer(request, library, picture)
        if is_script:
            return JsonResponse(_refusal(form, twins))
    return TemplateResponse(
        request,
        "admin/pictures/upload.html",
        {
            **admin.site.each_context(request),
            "opts": Picture._meta,
            "title": "新增图片",
            "form": form,
            "twins": [_told(twin) for twin in twins[:MOST_TWINS]],
            "describing": [form[name] for name in DESCRIBING],
            "origin": [form[name] for name in (*ORIGIN, *FILING)],
            "is_popup": "_popup" in request.GET or "_popup" in request.POST,
            "media": library.media,
        },
    )


def _put_in(
    request: HttpRequest, form: UploadForm
) -> tuple[Picture | None, list[Picture]]:
    """The picture; or None, with the pictures that stand in its way. What is wrong with
    it is in the form then."""
    if not form.is_valid():
        return None, []
    try:
        return form.put_in(request.user), []
    except ValidationError as error:
        form.add_error("file", error)
    except AlreadyThereError as error:
        form.add_error("file", "库里已经有这张图，没有再存一份。")
        return None, error.twins
    except LooksAlikeError as error:
        form.add_error(
            "keep_near", "库里有看起来一样的图。确实要再存一张，勾选“仍然上传”。"
        )
        return None, error.twins
    return None, []


def _answer(
    request: HttpRequest, library: "PictureAdmin", picture: Picture
) -> HttpResponse:
    if "_popup" in request.POST:
        return library.response_add(request, picture)
    messages.success(request, f"“{picture}”已入库。")
    return HttpResponseRedirect(reverse("admin:pictures_picture_changelist"))


def _told(picture: Picture) -> dict[str, Any]:
    return {
        "pk": picture.pk,
        "title": picture.title,
        "thumb": jpeg(picture, "card"),
        "url": reverse("admin:pictures_picture_change", args=[picture.pk]),
    }


def _refusal(form: UploadForm, twins: list[Picture]) -> dict[str, Any]:
    """What is wrong, by field, and what is in the way."""
    return {
        "errors": {
            name: " ".join(str(sentence) for sentence in sentences)
            for name, sentences in form.errors.items()
        },
        "twins": [_told(twin) for twin in twins[:MOST_TWINS]],
    }
