"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from channels.models import Channel
from fronts.home import home_front


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    channels = list(Channel.objects.in_navigation())
    return render(
        request, "fronts/home.html", {"front": home_front(timezone.now(), channels)}
    )
