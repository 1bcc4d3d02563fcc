"""After any sequence of acts, what readers got was signed by people who wrote none of it."""

from contextlib import suppress

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from accounts.models import User
from accounts.roles import Role
from articles import publishing, reviews
from articles.models import Article, PublishedArticle, ReviewRound, SignOff
from articles.refusals import Refused
from tests import factories
from tests.review_steps import BOTH, edit, newest, newsroom

EVERYBODY = [
    "reporter",
    "editor",
    "second_editor",
    "third_editor",
    "chief",
    "second_chief",
    "superuser",
]
people = st.sampled_from(EVERYBODY)


class Reviews(RuleBasedStateMachine):
    """Anybody tries anything. The machine remembers only whose words came in since a
    signed text was last released, and where the ledger stood at the reporter's last edit."""

    checked = 0  # releases of all examples

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @initialize(levels=st.integers(min_value=0, max_value=3), proof=st.booleans())
    def open_the_newsroom(self, levels: int, proof: bool) -> None:  # noqa: FBT001
        desk = newsroom(levels=levels, needs_proofreading=proof)
        self.people = {
            **vars(desk),
            "third_editor": factories.staff(Role.EDITOR),
            "superuser": factories.staff(is_superuser=True),
        }
        self.channel = desk.channel
        self.story = desk.story(title="第一稿")
        self.wrote = {desk.reporter.pk}
        self.ledger_at_last_edit = 0
        self.drafts = 1

    @rule(person=people, again=st.booleans())
    def edit(self, person: str, again: bool) -> None:  # noqa: FBT001
        """Write something new, or bring back the very first text."""
        self.drafts += 1
        title = "第一稿" if again else f"第 {self.drafts} 稿"
        if self.stored.title == title:
            return
        edit(self.stored, self.people[person], title=title)
        self.wrote.add(self.people[person].pk)
        if person == "reporter":
            self.ledger_at_last_edit = SignOff.objects.count()

    @rule(person=people)
    def submit(self, person: str) -> None:
        self.tries(reviews.submit, person)

    @rule(person=people)
    def recall(self, person: str) -> None:
        self.tries(reviews.recall, person)

    @rule(person=people, kinds=st.sampled_from([BOTH, {"review"}, {"proofread"}]))
    def sign(self, person: str, kinds) -> None:
        self.tries(reviews.sign, person, sha256=newest(self.stored), kinds=kinds)

    @rule(order=st.permutations(EVERYBODY))
    def everybody_signs(self, order: list[str]) -> None:
        self.tries(reviews.submit, "reporter")
        for person in order:
            self.sign(person, BOTH)

    @rule(
        order=st.permutations(EVERYBODY),
        meddler=st.none() | people,
        person=people,
        act=st.sampled_from([publishing.publish, publishing.replace]),
    )
    def hurry_it_out(self, order: list[str], meddler: str | None, person, act) -> None:
        """Collect what signatures there are to get, perhaps edit, and release."""
        self.everybody_signs(order)
        self.everybody_signs(order[::-1])
        if meddler:
            self.edit(meddler, again=False)
        self.release(person, act)

    @rule(person=people)
    def return_to_writer(self, person: str) -> None:
        self.tries(
            reviews.return_to_writer, person, sha256=newest(self.stored), note="再改"
        )

    @rule(person=people)
    def waive(self, person: str) -> None:
        self.tries(reviews.waive, person, sha256=newest(self.stored), note="急稿")

    @rule(levels=st.integers(min_value=0, max_value=3), proof=st.booleans())
    def change_the_channel(self, levels: int, proof: bool) -> None:  # noqa: FBT001
        self.channel.review_levels = levels
        self.channel.needs_proofreading = proof
        self.channel.save()

    @rule(person=people, act=st.sampled_from([publishing.publish, publishing.replace]))
    def release(self, person: str, act) -> None:
        before = PublishedArticle.objects.count()
        self.tries(act, person)
        if PublishedArticle.objects.count() == before:
            return
        if self.channel.review_levels:
            self.check_what_readers_got()
            Reviews.checked += 1
        released = PublishedArticle.objects.order_by("pk").last().revision
        if self.passed_at_the_last_level(released):
            self.wrote = set()

    @property
    def stored(self) -> Article:
        return Article.objects.select_related("channel").get(pk=self.story.pk)

    def tries(self, act, name: str, **fields) -> None:
        """Do it as this person; a refusal is an answer."""
        person = User.objects.get(pk=self.people[name].pk)
        with suppress(Refused, PermissionDenied):
            act(self.stored, by=person, **fields)

    def passed_at_the_last_level(self, revision) -> bool:
        return any(
            entry.level == entry.round.levels
            for entry in revision.sign_offs.filter(verdict="pass")
        )

    def check_what_readers_got(self) -> None:
        """By the ledger alone: the newest entry of every level and kind of the round."""
        revision = PublishedArticle.objects.order_by("pk").last().revision
        current = self.story.review_rounds.first()
        assert current.outcome == ReviewRound.Outcome.RELEASED
        assert current.levels >= self.channel.review_levels
        entries = current.sign_offs.exclude(verdict="return").order_by("number")
        newest_of = {(entry.level, entry.kind): entry for entry in entries}
        signers: dict[int, set[int]] = {}
        for level in range(1, current.levels + 1):
            review = newest_of[level, "review"]
            assert review.number > self.ledger_at_last_edit
            signers[level] = {review.person_id} if review.verdict == "pass" else set()
            if self.channel.needs_proofreading and review.verdict == "pass":
                signers[level].add(newest_of[level, "proofread"].person_id)
        last = newest_of[current.levels, "review"]
        assert last.verdict == "pass"
        assert last.revision.sha256 == revision.sha256
        everybody = [person for level in signers.values() for person in level]
        assert len(everybody) == len(set(everybody))
        assert not self.wrote.intersection(everybody)


@pytest.mark.django_db
def test_what_readers_get_was_signed_at_each_level_by_others_than_its_writers():
    run_state_machine_as_test(
        Reviews,
        settings=settings(
            # The same steps every time: that releases are reached is not left to luck.
            derandomize=True,
            max_examples=8,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Reviews.checked > 0
