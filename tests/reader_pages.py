"""What tests of readers' pages share: opening one, filling a list, counting queries."""

import datetime

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from tests import factories
from tests.markup import parsed

HOUR = datetime.timedelta(hours=1)


def opened(client: Client, path: str, status: int = 200) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == status
    return parsed(response)


def stories(count: int, **fields) -> None:
    """Published stories 第1篇 (the newest) to 第n篇, an hour apart."""
    now = timezone.now()
    for number in range(1, count + 1):
        title = f"第{number}篇"
        factories.article(title=title, published_at=now - number * HOUR, **fields)


def query_count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
