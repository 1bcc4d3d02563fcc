"""The channel tree: order, parents, and what cannot be deleted."""

import pytest
from django.urls import reverse
from lxml import html

from accounts.models import Act, AuditEntry
from accounts.roles import Role
from channels.models import Channel
from tests import factories
from tests.admin_forms import said, send, signed_in

pytestmark = pytest.mark.django_db

LIST = "admin:channels_channel_changelist"


def names_in_order() -> list[str]:
    return [channel.name for channel in Channel.objects.with_tree_fields()]


def move(client, channel: Channel, direction: str):
    url = reverse(f"admin:channels_channel_move_{direction}", args=[channel.pk])
    return client.post(url, follow=True)


def page_of(channel: Channel) -> str:
    return reverse("admin:channels_channel_change", args=[channel.pk])


@pytest.fixture
def tree() -> dict[str, Channel]:
    news = factories.channel(name="要闻")
    village = factories.channel(name="乡村")
    return {
        "要闻": news,
        "乡村": village,
        "政务": factories.channel(name="政务", parent=news),
        "民生": factories.channel(name="民生", parent=news),
    }


def test_list_shows_each_channel_below_its_parent(tree):
    page = signed_in(Role.CHIEF).get(reverse(LIST))
    cells = html.fromstring(page.content.decode()).xpath("//*[@class='tree-name']")
    shown = [(cell.text_content(), cell.get("data-depth")) for cell in cells]
    assert shown == [("要闻", "0"), ("政务", "1"), ("民生", "1"), ("乡村", "0")]


def test_channel_moves_up_among_its_siblings(tree):
    response = move(signed_in(Role.CHIEF), tree["民生"], "up")
    assert names_in_order() == ["要闻", "民生", "政务", "乡村"]
    assert said(response) == ["已上移：民生。"]


def test_channel_moves_down_with_everything_below_it(tree):
    move(signed_in(Role.CHIEF), tree["要闻"], "down")
    assert names_in_order() == ["乡村", "要闻", "政务", "民生"]


def test_first_channel_stays_first(tree):
    response = move(signed_in(Role.CHIEF), tree["要闻"], "up")
    assert names_in_order() == ["要闻", "政务", "民生", "乡村"]
    assert "不能再上移" in said(response)[0]


def test_move_buttons_are_named_and_end_at_the_edges(tree):
    page = signed_in(Role.CHIEF).get(reverse(LIST)).content.decode()
    buttons = html.fromstring(page).xpath("//button[@formaction]")
    enabled = [b.get("aria-label") for b in buttons if b.get("disabled") is None]
    assert enabled == ["下移 要闻", "下移 政务", "上移 民生", "上移 乡村"]


def test_address_of_a_move_changes_nothing_when_visited(tree):
    url = reverse("admin:channels_channel_move_up", args=[tree["民生"].pk])
    assert signed_in(Role.CHIEF).get(url).status_code == 405
    assert names_in_order() == ["要闻", "政务", "民生", "乡村"]


@pytest.mark.parametrize(
    ("role", "status"), [(Role.ADMINISTRATOR, 200), (Role.EDITOR, 403)]
)
def test_only_those_who_shape_channels_move_them(tree, role, status):
    assert move(signed_in(role), tree["民生"], "up").status_code == status


def test_editor_sees_the_tree_without_move_buttons(tree):
    page = signed_in(Role.EDITOR).get(reverse(LIST)).content.decode()
    assert "民生" in page
    assert "formaction" not in page


def test_channel_under_another_parent_comes_last_there(tree):
    factories.channel(name="古村", parent=tree["乡村"])
    send(signed_in(Role.CHIEF), page_of(tree["政务"]), {"parent": tree["乡村"].pk})
    assert names_in_order() == ["要闻", "民生", "乡村", "古村", "政务"]


def test_channel_cannot_go_below_itself(tree):
    client = signed_in(Role.CHIEF)
    send(client, page_of(tree["要闻"]), {"parent": tree["民生"].pk})
    tree["要闻"].refresh_from_db()
    assert tree["要闻"].parent is None


def test_outside_link_is_no_parent(tree):
    outside = factories.channel(
        name="外站", kind=Channel.Kind.LINK, link_url="https://example.cn/"
    )
    send(signed_in(Role.CHIEF), page_of(tree["政务"]), {"parent": outside.pk})
    tree["政务"].refresh_from_db()
    assert tree["政务"].parent == tree["要闻"]


def test_address_name_is_typed_and_not_made_from_the_name():
    page = signed_in(Role.CHIEF).get(reverse("admin:channels_channel_add"))
    assert 'data-prepopulated-fields="[]"' in page.content.decode()


@pytest.mark.parametrize("tie", ["own", "further"])
def test_channel_with_articles_is_kept_with_a_sentence(tree, tie):
    client = signed_in(Role.CHIEF)
    story = factories.article(channel=tree["政务" if tie == "own" else "乡村"])
    if tie == "further":
        story.further_channels.add(tree["政务"])
    url = reverse("admin:channels_channel_delete", args=[tree["政务"].pk])
    response = client.post(url, {"post": "yes"}, follow=True)
    assert said(response) == [
        "“政务”下面还有 1 篇稿件，不能删除。请先移走它们，或者取消“在导航栏显示”。"
    ]
    assert Channel.objects.filter(pk=tree["政务"].pk).exists()


def test_channel_with_children_is_kept_with_a_sentence(tree):
    url = reverse("admin:channels_channel_delete", args=[tree["要闻"].pk])
    response = signed_in(Role.CHIEF).post(url, {"post": "yes"}, follow=True)
    assert "2 个子频道" in said(response)[0]
    assert Channel.objects.count() == 4


def test_empty_channel_is_deleted(tree):
    url = reverse("admin:channels_channel_delete", args=[tree["民生"].pk])
    signed_in(Role.CHIEF).post(url, {"post": "yes"})
    assert names_in_order() == ["要闻", "政务", "乡村"]


def test_tree_costs_the_same_for_many_channels(tree, django_assert_max_num_queries):
    for _ in range(20):
        factories.channel(parent=tree["乡村"])
    client = signed_in(Role.CHIEF)
    with django_assert_max_num_queries(12):
        client.get(reverse(LIST))


def test_lowered_review_levels_are_on_record_with_before_and_after():
    client = signed_in(Role.CHIEF)
    channel = factories.channel(review_levels=3)
    page = reverse("admin:channels_channel_change", args=[channel.pk])
    send(client, page, {"review_levels": "0"})
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert (entry.person, entry.subject_id) == (client.user, str(channel.pk))
    assert (entry.before, entry.after) == (
        {"review_levels": 3},
        {"review_levels": 0},
    )
