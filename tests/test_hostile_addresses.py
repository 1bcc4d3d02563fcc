"""Addresses that no honest link holds: an answer, never a failure, on both databases."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/article/999999999999999999999999/", 404),
        ("/article/999999999999999999/", 404),
        ("/article/0/", 404),
        ("/article/01/", 404),
        ("/article/-1/", 404),
        ("/article/１/", 404),
        ("/channel/%00/", 400),
        ("/tag/%00/", 400),
        ("/tag/%ED%A0%80/", 404),
        ("/feed/?x=%00", 400),
        ("/admin/articles/article/?q=%00", 400),
        ("/zh-hant/tag/%00/", 400),
        (f"/tag/{'长' * 3000}/", 404),
        (f"/{'a' * 8000}", 404),
        ("/zh-hant/zh-tw/", 404),
        ("/zh-hant/admin/", 404),
        ("/zh-hk/media/x.jpg", 404),
        ("/media/%2e%2e/settings.py", 400),
    ],
)
def test_hostile_address_gets_a_clear_answer(address, status):
    client = Client(raise_request_exception=False)
    assert client.get(address).status_code == status


@pytest.mark.parametrize(
    "number", ["abc", "-1", "0", "1.5", "９", "9" * 30, "2", "1 OR 1=1", ""]
)
def test_page_number_that_is_none_is_404(client, number):
    channel = factories.channel()
    factories.article(channel=channel, published=True)
    assert client.get(channel.get_absolute_url(), {"page": number}).status_code == 404
