"""The review verbs: what each level signs, what an edit voids, who hears of it."""

import pytest

from accounts.roles import Role
from articles import publishing, reviews
from articles.models import Notice, ReviewRound, SignOff, Stage
from articles.signatures import states_of
from tests import factories
from tests.review_steps import BOTH, edit, newest, newsroom, sign

pytestmark = pytest.mark.django_db


def due(story) -> list[str]:
    return [slot.name for slot in reviews.state_of(story).due_slots]


def test_story_goes_through_its_levels_one_after_the_other():
    desk = newsroom()
    story = desk.story()
    reviews.submit(story, by=desk.reporter)
    assert (story.stage, due(story)) == (Stage.IN_REVIEW, ["初审"])
    sign(story, desk.editor)
    assert due(story) == ["复审"]
    sign(story, desk.second_editor)
    assert due(story) == ["终审"]
    sign(story, desk.chief)
    assert (story.stage, due(story)) == (Stage.APPROVED, [])
    publishing.publish(story, by=desk.editor)
    story.refresh_from_db()
    assert story.stage == Stage.WRITING
    assert story.review_rounds.get().outcome == ReviewRound.Outcome.RELEASED


def test_proofreading_is_a_signature_of_its_own_at_each_level():
    desk = newsroom(levels=2, needs_proofreading=True)
    story = desk.story()
    reviews.submit(story, by=desk.reporter)
    assert due(story) == ["初审", "一校"]
    sign(story, desk.editor)
    assert due(story) == ["一校"]
    sign(story, desk.second_editor, kinds=frozenset({SignOff.Kind.PROOFREAD}))
    assert due(story) == ["终审", "二校"]
    sign(story, desk.chief, kinds=BOTH)
    assert story.stage == Stage.APPROVED


# Levels signed so far, the level whose person edits (0: the reporter), what is due then.
VOIDED = [
    (1, 0, "初审"),
    (2, 0, "初审"),
    (3, 0, "初审"),
    (1, 2, "复审"),
    (2, 3, "终审"),
    (3, 3, "终审"),
    (0, 1, "初审"),
]


@pytest.mark.parametrize(("signed", "edited_at", "left"), VOIDED)
def test_edit_at_a_level_voids_that_level_and_those_after_it(signed, edited_at, left):
    desk = newsroom()
    story = desk.story()
    reviews.submit(story, by=desk.reporter)
    for person in [desk.editor, desk.second_editor, desk.chief][:signed]:
        sign(story, person)
    editors = [
        desk.reporter,
        factories.staff(Role.EDITOR),
        factories.staff(Role.EDITOR),
        desk.second_chief,
    ]
    edit(story, editors[edited_at], title="改过的题目")
    assert due(story) == [left]
    assert story.stage == Stage.IN_REVIEW


def test_those_who_can_sign_next_are_told_and_the_reason_goes_to_the_writer():
    desk = newsroom()
    story = desk.story(title="渡口通车")
    reviews.submit(story, by=desk.reporter)
    assert desk.editor.notices.get().text == "《渡口通车》等初审。"
    assert not desk.reporter.notices.exists()
    reviews.return_to_writer(
        story, by=desk.editor, sha256=newest(story), note="日期要核实"
    )
    notice = desk.reporter.notices.get(kind=Notice.Kind.RETURNED)
    assert notice.text == "周禾 退回《渡口通车》：日期要核实"


def test_state_of_a_closed_round_stays_as_it_was_closed():
    desk = newsroom()
    story = desk.approved()
    publishing.publish(story, by=desk.editor)
    edit(story, desk.reporter, title="上线以后的新稿")
    reviews.submit(story, by=desk.editor)
    closed, opened = states_of(
        story.review_rounds.select_related("article").order_by("number")
    )
    assert (closed.due, closed.revision.number) == (None, 1)
    assert (opened.due.name, opened.revision.number) == ("初审", 2)


def test_last_signature_is_not_given_in_vain():
    desk = newsroom(levels=2)
    story = desk.story(editors=())
    reviews.submit(story, by=desk.reporter)
    sign(story, desk.editor)
    with pytest.raises(reviews.ReviewRefused) as refused:
        sign(story, desk.chief)
    assert refused.value.sentences == (
        "还没有署责任编辑。",
        "请先补上再签：签完再改，就要重新签。",
    )
    assert story.review_rounds.get().due_level == 2
