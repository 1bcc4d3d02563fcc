"""Every address of the site, tried by everybody: see tests/rights_matrix.py."""

import datetime
import logging
from collections.abc import Iterator
from functools import partial

import pytest
from django.conf import settings, urls
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Act, Grant, User
from accounts.roles import Role
from articles import publishing, reviews
from articles.models import ContentTemplate, EditingSession, Note, PreviewLink, Tag
from articles.previews import token_of
from editions.models import Term
from fronts import sitemaps
from fronts.models import (
    EmergencyNotice,
    ErrorReport,
    Mourning,
    Placement,
    SiteIdentity,
    StatementPage,
)
from pictures.models import Collection, PictureTag
from search.models import PromotedResult, SynonymGroup
from tests import factories
from tests.rights_matrix import (
    ANONYMOUS,
    EVERYBODY,
    TABLE,
    Line,
    Place,
    addresses,
    channel_type,
)

pytestmark = pytest.mark.django_db

# Such an answer is given to those who have the right only: the page looked at the data.
ANSWERS = {200, 204, 303, 302, 400, 409, 413, 422}
HOW_TO_DECLARE = (
    "{} is an address that tests/rights_matrix.py does not know. Say there who may open"
    " it: add a line to TABLE (STORY_PAGES for a page of a story), with of_channel(get,"
    " post, row) if it belongs to something in a channel, else with Line(get, post)."
)


class World:
    """Two channels with a row of each kind, and one person of each role over the first.

    The administrator is one everywhere, as every administrator is.
    """

    def __init__(self) -> None:
        self.own, self.other = self._place(), self._place()
        self.cookies = {name: self._sign_in(name) for name in EVERYBODY}
        # Without the test client, which keeps a copy of every template's context.
        self.site = BaseHandler()
        self.site.load_middleware()

    def ask(self, who: str, method: str, url: str, line: Line) -> HttpResponse:
        """The answer; whatever the request changed is undone."""
        data = line.query if method == "GET" else line.data
        factory = RequestFactory(headers={"cookie": self.cookies[who]})
        request = getattr(factory, method.lower())(url, data)
        request._dont_enforce_csrf_checks = True
        with transaction.atomic():
            answer = self.site.get_response(request)
            for close in answer._resource_closers:  # not close(): it ends connections
                close()
            transaction.set_rollback(True)
        return answer

    def _sign_in(self, name: str) -> str:
        """The cookie of this person."""
        client = Client()
        if name != ANONYMOUS:
            client.force_login(self._person(name))
        return client.cookies.output(header="", sep=";").strip()

    def _person(self, name: str) -> User:
        user = User.objects.create(username=f"matrix {name}", is_staff=True)
        if name in list(Role):
            everywhere = name == Role.ADMINISTRATOR
            channel = None if everywhere else self.own.row["channel_object"]
            factories.grant(user, Role(name), channel)
        return user

    def _place(self) -> Place:
        channel = factories.channel()
        live = factories.article(channel=channel, published=True, tags=("街",))
        gone = factories.article(channel=channel, published=True)
        publishing.withdraw(gone, by=None)
        reviewed = self._in_review(channel)
        revision = reviewed.revisions.get()
        colleague = factories.staff(username=f"colleague of {channel}")
        now = timezone.now()
        grant = Grant.objects.create(
            person=colleague, role=Role.CHIEF.value, channel=channel
        )
        link = PreviewLink.objects.create(
            revision=revision,
            key=f"key-of-{channel.slug}".ljust(43, "x"),
            made_by=colleague,
            made_at=now,
            expires_at=now + datetime.timedelta(days=1),
        )
        note = Note.objects.create(
            article=reviewed,
            revision=revision,
            text="核一下",
            written_by=colleague,
            written_at=now,
        )
        kept = EditingSession.objects.create(
            person=colleague, tab=f"tab-{channel.pk}", kept_at=now, seen_at=now
        )
        tag = Tag.objects.get(name="街")
        identity, _ = SiteIdentity.objects.get_or_create()
        topic_block = factories.topic_block()
        statement = StatementPage.objects.create(
            slug=f"about-{channel.pk}", title="说明"
        )
        rows = {
            "channel": channel.pk,
            "channel_slug": channel.slug,
            "channel_object": channel,
            "channel_type": channel_type(),
            "article": live.pk,
            "stories_file": sitemaps.part_with(live.pk),
            "draft": factories.article(channel=channel).pk,
            "reviewed": reviewed.pk,
            "previewed": reviewed.pk,
            "preview_link": link.pk,
            "preview_token": token_of(link),
            "note": note.pk,
            "kept": kept.pk,
            "withdrawal": gone.withdrawals.get().pk,
            "template": ContentTemplate.objects.create(
                name=f"模板{channel.pk}", made_by=colleague, content=revision.content
            ).pk,
            "user": colleague.pk,
            "grant": grant.pk,
            "entry": audit.record(Act.CHANGE, by=colleague, subject=live).pk,
            "term": Term.objects.create(source=f"词{channel.pk}", is_protected=True).pk,
            "picture": factories.replaced_picture().pk,
            "document": (document := factories.document()).pk,
            "document_path": document.file.name,
            "recording": factories.recording().pk,
            "collection": Collection.objects.create(name=f"图集{channel.pk}").pk,
            "picture_tag": PictureTag.objects.create(name=f"图签{channel.pk}").pk,
            "editor": live.editors.get().pk,
            "author": factories.article(authors=(f"作者{channel.pk}",), published=True)
            .authors.get()
            .pk,
            "source": factories.article(source=f"来源{channel.pk}").source.pk,
            "tag": tag.pk,
            "tag_slug": tag.slug,
            "identity": identity.pk,
            "statement": statement.pk,
            "statement_slug": statement.slug,
            "emergency_notice": EmergencyNotice.objects.create(
                text="台风", shown_from=now
            ).pk,
            "mourning": Mourning.objects.create(
                occasion="公祭", first_day=now.date(), last_day=now.date()
            ).pk,
            "report": ErrorReport.objects.create(article=live, message="错字").pk,
            "today": timezone.localdate(),
            "placement": factories.placement(
                live, Placement.Slot.PINNED, channel=channel
            ).pk,
            "promoted_result": PromotedResult.objects.create(
                words="早市", article=live, shown_from=timezone.now()
            ).pk,
            "synonym_group": SynonymGroup.objects.create(words="早市、集市").pk,
            "topic": topic_block.topic.pk,
            "topic_block": topic_block.pk,
            "topic_slug": factories.topic(public=True).slug,
        }
        return Place(rows)

    def _in_review(self, channel):
        """A story under way to readers: its channel asks for one level."""
        channel.review_levels = 1
        channel.save()
        article = factories.article(channel=channel)
        sender = factories.staff(Role.EDITOR)
        reviews.submit(article, by=sender)
        return article


@pytest.fixture(scope="module")
def world(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Made once for all lines, and undone after the last.

    Refusals are what is tried here, some thousand of them: neither the log nor the
    record of acts is told, and none gets a page, which is all tested where it belongs.
    """
    media = tmp_path_factory.mktemp("matrix")
    quiet = [one for one in settings.MIDDLEWARE if "RecordRefusals" not in one]
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patch,
        override_settings(
            MEDIA_ROOT=media, MIDDLEWARE=quiet, DEBUG_PROPAGATE_EXCEPTIONS=True
        ),
        transaction.atomic(),
    ):
        for status in (403, 404):
            patch.setattr(urls, f"handler{status}", partial(_refuse, status))
        logging.disable()
        world = World()
        world.media = media
        yield world
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def _refuse(status: int, request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=status)


def verdict(answer: HttpResponse, key: str) -> str:
    """What the answer comes to: answered, refused, sign in, or method."""
    target = answer.headers.get("Location", "")
    if answer.status_code == 405:
        return "method"
    if answer.status_code in {403, 404, 410}:
        return "refused"
    if target.startswith(f"{reverse('admin:login')}?"):
        return "sign in"
    if target == reverse("admin:index") and key != "admin:login":
        return "refused"  # the admin's way of "not found"
    assert answer.status_code in ANSWERS, f"{key} answers {answer.status_code}"
    return "answered"


def expected(line: Line, who: str, method: str, *, is_own: bool) -> set[str]:
    allowed = line.who(method, is_own=is_own)
    if who == ANONYMOUS and not line.is_public:
        return {"sign in", "refused"} | ({"method"} if allowed is None else set())
    if allowed is None:
        return {"method", "refused"}
    return {"answered"} if who in allowed else {"refused"}


@pytest.mark.parametrize("key", sorted({*addresses(), *TABLE}))
def test_address_answers_those_it_is_for_and_nobody_else(key, world):
    assert key in TABLE, HOW_TO_DECLARE.format(key)
    assert key in set(addresses()), f"{key} is declared, but the site has it no more."
    with override_settings(MEDIA_ROOT=world.media):
        wrong = list(wrong_answers(key, TABLE[key], world))
    assert not wrong, "\n".join(wrong)


def wrong_answers(key: str, line: Line, world: World) -> Iterator[str]:
    """A sentence for each answer that is not as declared."""
    for place in (world.own, world.other):
        is_own = place is world.own
        url = line.address(key, place)
        if not is_own and url == line.address(key, world.own):
            continue
        for method in ("GET", "POST"):
            for who in sorted(EVERYBODY):
                found = verdict(world.ask(who, method, url, line), key)
                right = expected(line, who, method, is_own=is_own)
                if found not in right:
                    where = "own" if is_own else "other"
                    yield (
                        f"{method} {url} ({where} channel) by {who}: {found},"
                        f" declared {' or '.join(sorted(right))}"
                    )


def test_everybody_of_the_matrix_is_one_of_the_roles_or_has_none():
    assert len(EVERYBODY) == len(Role) + 2
