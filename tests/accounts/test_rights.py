"""can(): nobody may do anything, anywhere, unless a grant in force says so."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import Grant, User
from accounts.rights import Denied, can, channels_where, require
from accounts.roles import GRANTS, Role, Verb
from articles.models import Article, Stage
from channels.models import Channel
from tests import factories

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)


@pytest.fixture
def tree() -> dict[str, Channel]:
    """A channel with one below it, which has one below; beside it a sibling."""
    root = factories.channel()
    below = factories.channel(parent=root)
    return {
        "root": root,
        "own": below,
        "below": factories.channel(parent=below),
        "sibling": factories.channel(parent=root),
    }


def person(role: Role | None = None, channel: Channel | None = None, **days) -> User:
    user = factories.staff()
    if role:
        factories.grant(user, role, channel, **days)
    return user


def story(channel: Channel | None, by: User | None = None, **fields) -> Article:
    return factories.article(channel=channel, created_by=by, **fields)


def verbs_on(user: User, subject=None) -> set[Verb]:
    return {verb for verb in Verb if can(user, verb, subject)}


def test_person_without_a_role_may_nothing(tree):
    user = person()
    assert verbs_on(user) == set()
    assert verbs_on(user, tree["own"]) == set()
    assert verbs_on(user, story(tree["own"])) == set()


def test_writing_a_story_gives_nothing_to_a_person_without_a_role(tree):
    user = person()
    assert verbs_on(user, story(tree["own"], user)) == set()


def test_nobody_signed_in_may_nothing(tree):
    assert verbs_on(AnonymousUser(), story(tree["own"])) == set()
    assert verbs_on(AnonymousUser()) == set()


@pytest.mark.parametrize("role", list(Role))
def test_role_everywhere_gives_its_verbs_everywhere(role, tree):
    user = person(role)
    assert verbs_on(user) == GRANTS[role]
    assert verbs_on(user, tree["below"]) == GRANTS[role]


@pytest.mark.parametrize("role", list(Role))
def test_role_over_a_channel_holds_there_and_below_and_nowhere_else(role, tree):
    user = person(role, tree["own"])
    assert verbs_on(user, tree["own"]) == GRANTS[role]
    assert verbs_on(user, tree["below"]) == GRANTS[role]
    assert verbs_on(user, tree["root"]) == set()
    assert verbs_on(user, tree["sibling"]) == set()


def test_story_of_another_channel_is_closed(tree):
    user = person(Role.CHIEF, tree["own"])
    assert can(user, Verb.PUBLISH, story(tree["below"]))
    assert verbs_on(user, story(tree["sibling"])) == set()


def test_story_without_a_channel_belongs_to_its_writer_and_to_the_whole_newsroom(tree):
    writer, editor = person(Role.REPORTER, tree["own"]), person(Role.EDITOR)
    homeless = story(None, writer)
    assert can(writer, Verb.EDIT, homeless)
    assert can(editor, Verb.EDIT, homeless)
    assert verbs_on(person(Role.CHIEF, tree["own"]), homeless) == set()


def test_two_roles_in_two_channels_do_not_mix(tree):
    user = person(Role.CHIEF, tree["own"])
    factories.grant(user, Role.REPORTER, tree["sibling"])
    assert can(user, Verb.WITHDRAW, tree["own"])
    assert not can(user, Verb.WITHDRAW, tree["sibling"])
    assert can(user, Verb.WRITE, tree["sibling"])


@pytest.mark.parametrize(
    ("starts", "ends", "counts"),
    [
        (0, 0, True),
        (0, None, True),
        (None, 0, True),
        (1, None, False),
        (None, -1, False),
        (-3, -1, False),
        (1, 3, False),
    ],
)
def test_both_days_of_a_grant_belong_to_it(starts, ends, counts):
    """In days from today: the first and the last day count, the day after does not."""
    today = timezone.localdate()
    days = {
        "starts_on": None if starts is None else today + starts * DAY,
        "ends_on": None if ends is None else today + ends * DAY,
    }
    assert can(person(Role.EDITOR, **days), Verb.EDIT) is counts


def test_days_are_those_of_this_place_and_not_of_greenwich(monkeypatch):
    """At two in the morning here it is still yesterday in Greenwich."""
    night = datetime.datetime(2026, 3, 1, 18, 30, tzinfo=datetime.UTC)  # 2 March here
    monkeypatch.setattr(timezone, "now", lambda: night)
    first = person(Role.EDITOR, starts_on=datetime.date(2026, 3, 2))
    last = person(Role.EDITOR, ends_on=datetime.date(2026, 3, 1))
    assert can(first, Verb.EDIT)
    assert not can(last, Verb.EDIT)


def test_grant_that_waits_for_confirmation_gives_nothing():
    assert verbs_on(person(Role.CHIEF, confirmed_at=None)) == set()


@pytest.mark.parametrize("off", ["is_active", "is_staff"])
def test_account_switched_off_may_nothing(off, tree):
    user = person(Role.CHIEF)
    mine = story(tree["own"], user)
    setattr(user, off, False)
    assert verbs_on(user) == set()
    assert verbs_on(user, mine) == set()


def test_superuser_switched_off_may_nothing():
    assert verbs_on(factories.staff(is_superuser=True, is_active=False)) == set()


def test_superuser_may_everything(tree):
    root = factories.staff(is_superuser=True)
    assert verbs_on(root) == set(Verb)
    assert verbs_on(root, story(tree["own"])) == set(Verb)


def test_grant_follows_a_channel_that_moves(tree):
    user = person(Role.EDITOR, tree["own"])
    moved = tree["below"]
    moved.parent = tree["sibling"]
    moved.save()
    again = User.objects.get(pk=user.pk)
    assert not can(again, Verb.EDIT, moved)
    over_sibling = person(Role.EDITOR, tree["sibling"])
    assert can(over_sibling, Verb.EDIT, moved)


def test_reporter_keeps_the_own_story_until_it_was_released(tree):
    user = person(Role.REPORTER, tree["own"])
    mine = story(tree["own"], user)
    always = {Verb.VIEW, Verb.WRITE, Verb.DISCUSS, Verb.RECALL}
    assert verbs_on(user, mine) == always | {Verb.EDIT, Verb.SUBMIT, Verb.DELETE}
    mine.first_published_at = timezone.now()
    assert verbs_on(user, mine) == always


@pytest.mark.parametrize("stage", [Stage.IN_REVIEW, Stage.APPROVED])
def test_story_under_review_is_the_reviewers(stage, tree):
    reporter = person(Role.REPORTER, tree["own"])
    mine = story(tree["own"], reporter, stage=stage)
    assert not can(reporter, Verb.EDIT, mine)
    assert can(reporter, Verb.RECALL, mine)
    assert can(person(Role.EDITOR, tree["own"]), Verb.EDIT, mine)


def test_reporter_does_not_see_a_colleagues_story(tree):
    user = person(Role.REPORTER, tree["own"])
    theirs = story(tree["own"], person(Role.REPORTER, tree["own"]))
    assert verbs_on(user, theirs) == {Verb.WRITE}
    assert list(Article.objects.viewable_by(user)) == []


def test_list_of_stories_and_right_to_view_agree(tree):
    writer = person(Role.REPORTER, tree["own"])
    stories = [story(channel) for channel in tree.values()]
    stories += [story(None), story(None, writer), story(tree["sibling"], writer)]
    people = [
        writer,
        person(),
        person(Role.AUDITOR),
        factories.staff(is_superuser=True),
    ]
    people += [person(role, tree["own"]) for role in Role]
    for user in people:
        listed = set(Article.objects.viewable_by(user))
        assert listed == {one for one in stories if can(user, Verb.VIEW, one)}


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.CLERK])
def test_moderator_and_clerk_have_nothing_to_do_with_stories(role, tree):
    user = person(role)
    assert verbs_on(user, story(tree["own"])) == set()
    assert verbs_on(user, story(tree["own"], user)) == set()


def test_auditor_reads_everything_and_changes_nothing(tree):
    user = person(Role.AUDITOR)
    assert verbs_on(user, story(tree["own"])) == {Verb.VIEW, Verb.AUDIT}
    assert verbs_on(user, tree["own"]) == {Verb.VIEW, Verb.AUDIT}


def test_administrator_has_no_say_over_content(tree):
    content = {Verb.VIEW, Verb.WRITE, Verb.EDIT, Verb.DELETE, Verb.SUBMIT, Verb.SIGN}
    content |= {Verb.SIGN_FINAL, Verb.WAIVE, Verb.PUBLISH, Verb.CORRECT, Verb.WITHDRAW}
    user = person(Role.ADMINISTRATOR)
    assert verbs_on(user, story(tree["own"])).isdisjoint(content)


def test_only_those_who_sign_last_may_waive_or_withdraw():
    final = {Verb.SIGN_FINAL, Verb.WAIVE, Verb.WITHDRAW}
    assert {role for role in Role if GRANTS[role] & final} == {Role.CHIEF}


def test_refusal_names_the_verb_and_the_subject(tree):
    one = story(tree["own"])
    with pytest.raises(Denied) as refusal:
        require(person(), Verb.PUBLISH, one)
    assert (refusal.value.verb, refusal.value.subject) == (Verb.PUBLISH, one)


def test_channels_where_names_the_subtree_and_none_for_everywhere(tree):
    assert channels_where(person(Role.EDITOR), Verb.EDIT) is None
    assert channels_where(person(), Verb.EDIT) == set()
    somewhere = channels_where(person(Role.EDITOR, tree["own"]), Verb.EDIT)
    assert somewhere == {tree["own"].pk, tree["below"].pk}


def test_asking_often_costs_the_queries_of_asking_once(tree, django_assert_num_queries):
    user = person(Role.CHIEF, tree["own"])
    stories = [story(tree["own"]) for _ in range(5)]
    user = User.objects.get(pk=user.pk)
    with django_assert_num_queries(2):
        for one in stories:
            can(user, Verb.EDIT, one)


def test_table_of_roles_names_every_role_once():
    assert set(GRANTS) == set(Role)
    assert set(Grant._meta.get_field("role").flatchoices) == {
        (role.value, role.value) for role in Role
    }
