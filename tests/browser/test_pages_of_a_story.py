"""Every staff page of a story's life, looked at as a person who depends on its rules does.

Kept text and conflicts have their own place in test_autosave.py.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from accounts.models import AuditEntry, User
from accounts.roles import Role
from articles import duplicating, notes, previews, publishing, reviews
from articles.models import Article, Withdrawal
from fronts import absence
from tests import factories
from tests.accessibility import violations
from tests.review_steps import newsroom, sign

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 780}
WIDE = {"width": 1280, "height": 900}
AT_REST = "Promise.all(document.getAnimations().map(({ finished }) => finished))"
LEFT_OVER = "document.documentElement.scrollWidth - innerWidth"
MANUSCRIPT = "老街修好了\n\n河边的老街修好了，灯也亮了。（温棠）\n\n（责编：周禾）"


@dataclass
class Stories:
    """One of each kind that pages tell apart, and who looks at them."""

    in_review: Article
    live: Article
    planned: Article
    withdrawal: Withdrawal
    person: User


@pytest.fixture
def stories() -> Stories:
    """Signed, returned, noted, live, planned and withdrawn, with all that goes with it."""
    desk, now = newsroom(), timezone.now()
    live = desk.released(title="老街修好了")
    planned = desk.approved(title="渡口的新班次")
    publishing.schedule(planned, now + datetime.timedelta(days=1), by=desk.editor)
    in_review = desk.story(title="老井的水")
    reviews.submit(in_review, by=desk.reporter)
    sign(in_review, desk.editor, note="可以。")
    newest = in_review.revisions.get()
    words = "这一句请核对，@田野。"
    notes.write(in_review, by=desk.editor, text=words, sha256=newest.sha256)
    previews.share(live, days=3, by=desk.editor)
    duplicating.keep_template(live, "修路的消息", by=desk.editor)
    gone = desk.released(title="一条旧消息")
    publishing.withdraw(gone, by=desk.chief, public_note="消息有误。")
    withdrawal = gone.withdrawals.get()
    absence.check(withdrawal)
    person = factories.staff(Role.CHIEF, display_name="总编", is_superuser=True)
    factories.grant(factories.staff(), Role.EDITOR, confirmed_at=None)
    return Stories(in_review, live, planned, withdrawal, person)


def story_page(name: str, story: Article, *more: object, query: str = "") -> str:
    return reverse(f"admin:articles_article_{name}", args=[story.pk, *more]) + query


def addresses(stories: Stories) -> list[str]:
    """The pages that are simply opened."""
    entry = AuditEntry.objects.order_by("pk").first()
    return [
        reverse("admin:index"),
        reverse("admin:articles_article_paste"),
        *[story_page(name, stories.in_review) for name in ("review", "ledger", "slip")],
        story_page("change", stories.in_review),
        story_page("revisions", stories.live),
        story_page("compare", stories.live, query="?before=1&after=desk"),
        story_page("revision", stories.live, 1),
        story_page("restore", stories.live, 1),
        story_page("preview_links", stories.live),
        story_page("correct", stories.live),
        story_page("expiry", stories.live),
        story_page("keep_template", stories.live),
        reverse("admin:articles_inbox"),
        reverse("admin:articles_inbox_shelf", args=["mine"]),
        reverse("admin:articles_notices"),
        reverse("admin:articles_queue"),
        reverse("admin:articles_templates"),
        reverse("admin:fronts_absence", args=[stories.withdrawal.pk]),
        reverse("admin:accounts_auditentry_changelist"),
        reverse("admin:accounts_auditentry_change", args=[entry.pk]),
        reverse("admin:accounts_grant_changelist"),
        reverse("admin:accounts_user_change", args=[stories.person.pk]),
    ]


def to_the_proposal(page: Page) -> None:
    page.goto(reverse("admin:articles_article_paste"))
    page.get_by_label("整篇稿件").fill(MANUSCRIPT)
    page.get_by_role("button", name="分析稿件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("核对稿件")


def to_a_refused_correction(page: Page) -> None:
    story = Article.objects.get(title="老街修好了")
    page.goto(story_page("correct", story))
    page.get_by_role("button", name="发出").click()
    expect(page.get_by_text("还没有写更正说明。")).to_be_visible()


def to_the_bulk_question(page: Page) -> None:
    page.goto(reverse("admin:articles_article_changelist"))
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="加标签")
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("加标签")


def to_the_bulk_outcome(page: Page) -> None:
    to_the_bulk_question(page)
    page.locator("#id_tags").fill("老街")
    page.locator("#bulk-form .act-button").click()
    expect(page.locator("#bulk-form")).to_have_count(0)


STEPS: list[Callable[[Page], None]] = [
    to_the_proposal,
    to_a_refused_correction,
    to_the_bulk_question,
    to_the_bulk_outcome,
]


def turn(page: Page, scheme: str) -> None:
    """Light or dark, once the colours have come to rest."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AT_REST)


def faults_of(page: Page) -> list[str]:
    """What is wrong with the page as it stands, light and dark, wide and narrow."""
    faults = violations(page)
    # Colours are all that the scheme changes.
    turn(page, "dark")
    faults += [f"dark {fault}" for fault in violations(page, ["color-contrast"])]
    turn(page, "light")
    page.set_viewport_size(NARROW)
    left_over = page.evaluate(LEFT_OVER)
    page.set_viewport_size(WIDE)
    return [*faults, f"{left_over} px too wide at 360"] if left_over > 0 else faults


def test_no_page_of_a_storys_life_shuts_anybody_out(
    browser: Browser, live_server, stories
):
    client = Client()
    client.force_login(stories.person)
    session = client.cookies["sessionid"].value
    # The checker is a script from outside, so this context alone sets the policy aside.
    with browser.new_context(
        base_url=live_server.url,
        bypass_csp=True,
        viewport=WIDE,
        reduced_motion="reduce",
    ) as context:
        context.add_cookies(
            [{"name": "sessionid", "value": session, "url": live_server.url}]
        )
        page, faults = context.new_page(), {}
        for path in addresses(stories):
            answer = page.goto(path)
            assert answer.status == 200, path
            faults[path] = faults_of(page)
        for step in STEPS:
            step(page)
            faults[step.__name__] = faults_of(page)
    assert {name: found for name, found in faults.items() if found} == {}
