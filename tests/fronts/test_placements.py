"""The desk's page of placements: who may place what where, and what it says of each."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from articles import publishing
from channels.models import Channel
from fronts.demo.stories import read_portal, read_stories
from fronts.models import Placement
from fronts.placements import Standing, standings
from tests import factories
from tests.admin_forms import fields_of, said, send, signed_in
from tests.markup import parsed, words_of
from tests.reader_pages import query_count

pytestmark = pytest.mark.django_db

Slot = Placement.Slot
LIST = "admin:fronts_placement_changelist"
ADD = "admin:fronts_placement_add"
HOUR = datetime.timedelta(hours=1)


def curator_of(channel: Channel):
    """A client in the name of an editor of this channel only."""
    client = signed_in(None)
    factories.grant(client.user, Role.EDITOR, channel)
    return client


def place(client, **fields):
    """Fill in the form for a new placement and save it."""
    return send(client, reverse(ADD), fields, button="_save")


def errors_of(response) -> list[str]:
    return words_of(parsed(response), ".errorlist li")


def standing_of(placement: Placement) -> Standing:
    return standings([placement], timezone.now())[placement.pk]


def test_placed_lead_is_on_the_home_page_at_once_and_on_record(client):
    factories.article(cover=factories.picture(), published=True)
    story = factories.article(title="老街修好了", published=True)
    desk = signed_in(Role.EDITOR)
    answer = place(desk, slot="lead", article=story.pk)
    assert "现在：在用。" in said(answer)
    page = parsed(client.get("/"))
    assert words_of(page, ".lead__title") == ["老街修好了"]
    entry = AuditEntry.objects.get(act=Act.CREATE, subject_type="fronts.placement")
    assert entry.person == desk.user
    assert entry.after["article"] == story.pk


def test_form_starts_now_without_an_end():
    fields = fields_of(signed_in(Role.EDITOR), reverse(ADD))
    assert fields["shown_from_0"] == [f"{timezone.localtime():%Y-%m-%d}"]
    assert not any(fields.get("shown_until_0", []))


def test_editor_of_a_channel_pins_in_it_and_nowhere_else():
    own, other = factories.channel(), factories.channel()
    story = factories.article(channel=own, published=True)
    desk = curator_of(own)
    refused = place(desk, slot="pinned", channel=other.pk, article=story.pk)
    assert errors_of(refused)
    assert not Placement.objects.exists()
    place(desk, slot="pinned", channel=own.pk, article=story.pk)
    assert Placement.objects.get().channel == own


def test_home_page_is_for_who_curates_everywhere():
    own = factories.channel()
    story = factories.article(channel=own, published=True)
    desk = curator_of(own)
    refused = place(desk, slot="lead", article=story.pk)
    assert errors_of(refused)
    assert "首页的版位由管全站的编辑来放。" in refused.content.decode()
    assert not Placement.objects.exists()


def test_editor_of_a_channel_neither_sees_nor_removes_what_stands_elsewhere():
    own = factories.channel()
    story = factories.article(title="老街修好了", published=True)
    lead = factories.placement(story, Slot.LEAD)
    pin = factories.placement(story, Slot.PINNED, channel=story.channel)
    desk = curator_of(own)
    assert "老街修好了" not in desk.get(reverse(LIST)).content.decode()
    for placement in (lead, pin):
        for page in ("change", "delete"):
            url = reverse(f"admin:fronts_placement_{page}", args=[placement.pk])
            desk.post(url, {"post": "yes"})
    assert Placement.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slot": "pinned"}, "选一个频道，稿件放在它的列表上面。"),
        ({"slot": "lead", "channel": "own"}, "首页的版位不选频道。"),
        (
            {
                "slot": "lead",
                "shown_until_0": "2020-01-01",
                "shown_until_1": "08:00",
            },
            "结束时间要晚于开始时间。",
        ),
    ],
    ids=["pin without channel", "lead with channel", "ends before it starts"],
)
def test_mistakes_are_explained_in_sentences(fields, sentence):
    story = factories.article(published=True)
    typed = {
        name: story.channel.pk if value == "own" else value
        for name, value in fields.items()
    }
    refused = place(signed_in(Role.EDITOR), article=story.pk, **typed)
    assert sentence in errors_of(refused)
    assert not Placement.objects.exists()


def test_draft_cannot_be_placed_and_a_planned_story_can():
    draft, planned = factories.article(), factories.article()
    now = timezone.now()
    publishing.schedule(planned, now + HOUR, by=None, now=now)
    desk = signed_in(Role.EDITOR)
    assert errors_of(place(desk, slot="lead", article=draft.pk))
    answer = place(desk, slot="lead", article=planned.pk)
    assert "现在：稿件未上线。" in said(answer)
    assert Placement.objects.get().article == planned


def test_story_pinned_in_a_channel_that_does_not_list_it_is_pinned_with_a_warning():
    news, village = factories.channel(name="要闻"), factories.channel(name="乡村")
    story = factories.article(title="老街修好了", channel=news, published=True)
    answer = place(
        signed_in(Role.EDITOR), slot="pinned", channel=village.pk, article=story.pk
    )
    assert "现在：在用。" in said(answer)
    assert (
        "“老街修好了”是频道“要闻”的稿件，不在频道“乡村”的列表里。"
        "已照你选的置顶；如果选错了，请改频道或稿件。"
    ) in said(answer)
    assert words_of(parsed(answer), ".messagelist .warning")
    assert Placement.objects.get().channel == village


@pytest.mark.parametrize("where", ["own", "above", "further", "home"])
def test_story_in_a_place_that_lists_it_is_placed_without_a_warning(where):
    above, further = factories.channel(), factories.channel()
    own = factories.channel(parent=above)
    story = factories.article(channel=own)
    story.further_channels.add(further)
    now = timezone.now()
    publishing.schedule(story, now + HOUR, by=None, now=now)
    channels = {"own": own.pk, "above": above.pk, "further": further.pk}
    slot = "pinned" if where in channels else "headline"
    answer = place(
        signed_in(Role.EDITOR),
        slot=slot,
        channel=channels.get(where, ""),
        article=story.pk,
    )
    assert Placement.objects.exists()
    assert not words_of(parsed(answer), ".messagelist .warning")


def test_gallery_has_no_pins():
    gallery = factories.channel(kind=Channel.Kind.GALLERY)
    story = factories.article(channel=gallery, published=True)
    refused = place(
        signed_in(Role.EDITOR), slot="pinned", channel=gallery.pk, article=story.pk
    )
    assert errors_of(refused)


def test_standing_says_what_readers_see():
    now = timezone.now()
    story, hidden = factories.article(published=True), factories.article()
    put = factories.placement
    assert standing_of(put(story, Slot.LEAD)) == Standing.SHOWN
    assert standing_of(put(story, Slot.HEADLINE)) == Standing.REPEATED
    assert standing_of(put(hidden, Slot.LEAD)) == Standing.UNSEEN
    late = put(story, Slot.LEAD, shown_from=now + HOUR)
    assert standing_of(late) == Standing.NOT_YET
    over = put(story, Slot.LEAD, shown_until=now - HOUR)
    assert standing_of(over) == Standing.OVER


def test_one_lead_and_two_pins_a_channel_are_shown_by_the_order_given():
    channel, other = factories.channel(), factories.channel()
    stories = [factories.article(published=True) for _ in range(3)]
    leads, pins, others = (
        [
            factories.placement(story, slot, channel=where, position=3 - place)
            for place, story in enumerate(stories)
        ]
        for slot, where in (
            (Slot.LEAD, None),
            (Slot.PINNED, channel),
            (Slot.PINNED, other),
        )
    )
    shown, full = Standing.SHOWN, Standing.FULL
    assert [standing_of(row) for row in leads] == [full, full, shown]
    assert [standing_of(row) for row in pins] == [full, shown, shown]
    assert [standing_of(row) for row in others] == [full, shown, shown]


def test_list_names_each_place_once_and_hides_what_is_over():
    story = factories.article(title="老街修好了", published=True)
    other = factories.article(title="桥头的灯", published=True)
    ended = factories.article(title="早先的", published=True)
    factories.placement(story, Slot.LEAD)
    factories.placement(other, Slot.LEAD, position=1)
    factories.placement(ended, Slot.LEAD, shown_until=timezone.now() - HOUR)
    factories.placement(
        other, Slot.PINNED, channel=factories.channel(name="乡村"), position=1
    )
    desk = signed_in(Role.EDITOR)
    page = parsed(desk.get(reverse(LIST)))
    assert words_of(page, "th.field-story") == ["老街修好了", "桥头的灯", "桥头的灯"]
    assert words_of(page, "td.field-state") == ["● 在用", "○ 在用，前面已满", "● 在用"]
    places = page.xpath("//span[@class='place']/text()")
    assert places == ["首页头条", "频道置顶：乡村"]
    page = parsed(desk.get(reverse(LIST), {"when": "over"}))
    assert words_of(page, "th.field-story") == ["早先的"]


def test_order_is_changed_in_the_list():
    stories = [factories.article(published=True) for _ in range(2)]
    first, second = (factories.placement(story, Slot.LEAD) for story in stories)
    desk = signed_in(Role.EDITOR)
    rows = [second.pk, first.pk]  # as the list has them: the newer first
    desk.post(
        reverse(LIST),
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "2",
            **{f"form-{place}-id": pk for place, pk in enumerate(rows)},
            "form-0-position": "2",
            "form-1-position": "1",
            "_save": "1",
        },
    )
    assert standing_of(first) == Standing.SHOWN
    assert AuditEntry.objects.filter(subject_type="fronts.placement").count() == 2


def test_list_costs_the_same_queries_for_one_as_for_many():
    desk = signed_in(Role.EDITOR)
    factories.placement(factories.article(published=True), Slot.LEAD)
    query_count(desk, reverse(LIST))
    before = query_count(desk, reverse(LIST))
    for _ in range(8):
        story = factories.article(published=True)
        factories.placement(story, Slot.PINNED, channel=story.channel)
    assert query_count(desk, reverse(LIST)) == before


def test_sample_placements_name_stories_and_channels_that_are_there():
    portal = read_portal()
    public = {story.slug for story in read_stories() if story.state == "public"}
    channels = {row["slug"] for row in portal["channels"]}
    rows = portal["placements"]
    assert {row["story"] for row in rows} <= public
    assert {row["channel"] for row in rows if row["slot"] == "pinned"} <= channels
    assert {row["slot"] for row in rows} == set(Slot)
