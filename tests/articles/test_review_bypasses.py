"""Ways around a review: each is tried as somebody would, and each is refused."""

import datetime
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.chain import digest, next_place
from accounts.roles import Role
from articles import publishing, reviews
from articles.models import (
    Article,
    Author,
    PublishedArticle,
    Revision,
    RevisionWriter,
    SignOff,
    Stage,
)
from articles.publishing import PublishingRefused
from articles.reviews import ReviewRefused
from tests import factories
from tests.admin_forms import said, send
from tests.review_steps import BOTH, edit, newest, newsroom, sign

pytestmark = pytest.mark.django_db

OWN_WORDS = "这一版里有你写的内容，要由别人来签。"
TWO_LEVELS = "你已经签过{}，同一个人不能签两级。"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def press(person, story, act: str, **fields):
    """Press a button of the review page as it stands, or as `fields` forge it."""
    data = {"sha256": newest(story), "act": act, **fields}
    url = reverse("admin:articles_article_review", args=[story.pk])
    return client_of(person).post(url, data, follow=True)


def form_of(story) -> str:
    return reverse("admin:articles_article_change", args=[story.pk])


def sent_in(desk, **fields):
    story = desk.story(**fields)
    reviews.submit(story, by=desk.reporter)
    return story


def refuses_to_publish(story, by, act=publishing.publish, **fields) -> str:
    """The sentence with which it is refused; readers get nothing of it."""
    before = PublishedArticle.objects.count()
    with pytest.raises(PublishingRefused) as refused:
        act(story, by=by, **fields)
    assert PublishedArticle.objects.count() == before
    return refused.value.sentences[0]


def test_1_author_does_not_sign_the_own_story():
    desk = newsroom()
    story = desk.story()
    edit(story, desk.editor, title="编辑自己写的")
    reviews.submit(story, by=desk.editor)
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]
    assert not SignOff.objects.exists()


def test_2_author_does_not_sign_after_a_trivial_edit_by_another():
    desk = newsroom()
    story = desk.story()
    edit(story, desk.editor, title="编辑自己写的")
    edit(story, desk.second_editor, title="编辑自己写的。")
    reviews.submit(story, by=desk.second_editor)
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]


def test_3_co_writer_does_not_sign_even_words_that_were_replaced_again():
    desk = newsroom()
    story = desk.story()
    edit(story, desk.chief, body="<p>总编添的一段。</p>")
    edit(story, desk.reporter, body="<p>记者改回的一段。</p>")
    reviews.submit(story, by=desk.reporter)
    sign(story, desk.editor)
    sign(story, desk.second_editor)
    assert said(press(desk.chief, story, "pass")) == [OWN_WORDS]


def test_4_reviewer_does_not_sign_what_they_changed_meanwhile():
    desk = newsroom()
    story = sent_in(desk)
    edit(story, desk.editor, title="审稿时改的题目")
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]
    assert press(desk.second_editor, story, "pass").status_code == 200
    assert SignOff.objects.get().person == desk.second_editor


def test_4_signature_falls_when_its_giver_edits_at_a_later_level():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    edit(story, desk.editor, title="签完初审又改的题目")
    assert reviews.state_of(story).due.name == "初审"
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]


def test_4_chief_who_signed_a_lower_level_and_edits_at_the_last_voids_both():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.chief)
    sign(story, desk.editor)
    edit(story, desk.chief, title="终审前总编改的题目")
    assert reviews.state_of(story).due.name == "初审"


def test_4_co_writer_with_a_right_to_sign_voids_all_by_editing():
    desk = newsroom()
    story = desk.story()
    edit(story, desk.second_editor, title="两人合写的题目")
    reviews.submit(story, by=desk.reporter)
    sign(story, desk.editor)
    edit(story, desk.second_editor, title="初审以后合写人又改")
    assert reviews.state_of(story).due.name == "初审"


def test_4_waiver_falls_when_its_giver_edits():
    desk = newsroom()
    story = sent_in(desk)
    reviews.waive(story, by=desk.chief, sha256=newest(story), note="编辑不在")
    sign(story, desk.editor)
    edit(story, desk.chief, title="免审的人自己改的题目")
    assert reviews.state_of(story).due.name == "初审"


@pytest.mark.parametrize("kind", ["pass", "proofread"])
def test_5_one_person_does_not_sign_two_levels(kind):
    desk = newsroom(needs_proofreading=True)
    story = sent_in(desk)
    sign(story, desk.chief, kinds=BOTH)
    sign(story, desk.editor, kinds=BOTH)
    assert said(press(desk.chief, story, kind)) == [TWO_LEVELS.format("初审")]


def test_5_a_voided_signature_still_counts_as_a_level():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.chief)
    edit(story, desk.reporter, title="作者又改")
    sign(story, desk.editor)
    sign(story, desk.second_editor)
    assert said(press(desk.chief, story, "pass")) == [TWO_LEVELS.format("初审")]


def test_6_level_in_the_request_counts_for_nothing():
    desk = newsroom()
    story = sent_in(desk)
    press(desk.chief, story, "pass", level="3", kind="review", round="9")
    assert SignOff.objects.get().level == 1
    assert said(press(desk.second_editor, story, "pass", level="3")) == [
        "已签复审。下一步：终审。"
    ]


def test_6_editor_does_not_sign_the_last_level():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    sign(story, desk.second_editor)
    third = factories.staff(Role.EDITOR)
    assert said(press(third, story, "pass", level="1")) == [
        "你没有这个频道的终审权限。"
    ]


def test_6_editor_of_another_channel_does_not_sign():
    desk = newsroom()
    story = sent_in(desk)
    other = factories.staff()
    factories.grant(other, Role.EDITOR, factories.channel())
    assert press(other, story, "pass").status_code == 403
    # Nor does the writer who is an editor elsewhere.
    factories.grant(desk.reporter, Role.CHIEF, factories.channel())
    assert press(desk.reporter, story, "pass").status_code == 403
    assert not SignOff.objects.exists()


def test_7_stale_page_does_not_sign_a_text_that_changed_since():
    desk = newsroom()
    story = sent_in(desk)
    read = newest(story)
    edit(story, desk.reporter, title="读者没看过的题目")
    assert said(press(desk.editor, story, "pass", sha256=read)) == [
        "你看的不是最新一版：稿件刚才改过，请看过改动再决定。"
    ]
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
def test_8_edit_after_the_last_signature_is_not_published(button):
    desk = newsroom()
    story = desk.approved()
    response = send(
        client_of(desk.second_chief),
        form_of(story),
        {
            "title": "签完以后改的题目",
            "publish_at_0": "2099-01-01",
            "publish_at_1": "08:00",
        },
        button=button,
    )
    assert "还差终审。" in said(response)
    assert not PublishedArticle.objects.exists()


def test_8_writer_cannot_change_what_is_under_review():
    desk = newsroom()
    story = desk.approved(title="审过的题目")
    client_of(desk.reporter).post(form_of(story), {"title": "改过"})
    story.refresh_from_db()
    assert story.title == "审过的题目"


def test_8_caption_changed_in_the_library_after_the_last_signature_is_not_published():
    desk = newsroom()
    picture = factories.picture(caption="审过的图说", credit="柳明")
    story = desk.approved(cover=picture)
    picture.caption = "没审过的图说"
    picture.save()
    sentence = refuses_to_publish(story, desk.editor)
    assert sentence == "当前稿和审过的那一版不一样，请收回后重新送审。"


def test_8_author_renamed_after_the_last_signature_is_not_published():
    desk = newsroom()
    story = desk.approved(authors=("柳明",))
    Author.objects.filter(name="柳明").update(name="没审过的名字")
    assert "不一样" in refuses_to_publish(story, desk.editor)


def test_8_words_of_no_save_are_those_of_whoever_sent_them_in_first():
    desk = newsroom()
    picture = factories.picture(caption="写稿时的图说", credit="柳明")
    story = desk.story(cover=picture)
    picture.caption = "送审前改的图说"
    picture.save()
    reviews.submit(story, by=desk.editor)
    edit(story, desk.second_editor, channel=factories.channel(review_levels=3))
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]
    for person in (desk.second_editor, desk.chief, desk.second_chief):
        sign(story, person)
    assert publishing.publish(story, by=factories.staff(Role.EDITOR))


def test_9_lending_to_a_channel_with_more_levels_needs_them():
    desk = newsroom(levels=1)
    story = sent_in(desk)
    sign(story, desk.editor)
    strict = factories.channel(review_levels=3)
    edit(story, desk.second_editor, further_channels=[strict])
    sign(story, desk.chief)
    assert (
        refuses_to_publish(story, desk.editor) == "频道改成要三审了，请收回后重新送审。"
    )


def test_9_released_story_is_not_lent_without_a_review():
    desk = newsroom()
    story = desk.released()
    edit(story, desk.chief, further_channels=[factories.channel(review_levels=1)])
    assert "还没有送审" in refuses_to_publish(story, desk.chief, publishing.replace)


def test_9_story_moved_from_a_channel_without_reviews_keeps_its_writers():
    lax = factories.channel(review_levels=0)
    desk = newsroom()
    story = factories.article(channel=lax, created_by=None)
    edit(story, desk.editor, body="<p>没人审过的一段。</p>")
    publishing.publish(story, by=desk.editor)
    edit(story, desk.second_editor, channel=desk.channel)
    reviews.submit(story, by=desk.second_editor)
    assert said(press(desk.editor, story, "pass")) == [OWN_WORDS]


def test_9_channel_that_asks_for_more_meanwhile_gets_more():
    desk = newsroom(levels=1)
    story = sent_in(desk)
    sign(story, desk.editor)
    desk.channel.review_levels = 2
    desk.channel.save()
    story = Article.objects.get(pk=story.pk)
    assert "两审" in refuses_to_publish(story, desk.editor)


def test_9_channel_that_asks_for_proofreading_meanwhile_gets_it():
    desk = newsroom()
    story = desk.approved()
    desk.channel.review_levels = 2
    desk.channel.needs_proofreading = True
    desk.channel.save()
    story = Article.objects.get(pk=story.pk)
    assert "逐级校对" in refuses_to_publish(story, desk.editor)


def test_10_chief_does_not_waive_a_level_of_the_own_story():
    desk = newsroom()
    story = desk.story()
    edit(story, desk.chief, title="总编自己写的")
    reviews.submit(story, by=desk.chief)
    assert said(press(desk.chief, story, "waive", note="急")) == [
        "这一版里有你写的内容，不能由你免审。"
    ]


def test_10_last_level_is_not_waived():
    desk = newsroom(levels=1)
    story = sent_in(desk)
    assert said(press(desk.chief, story, "waive", note="急")) == ["最后一审不能免。"]


def test_10_editor_does_not_waive_and_nobody_waives_without_a_reason():
    desk = newsroom()
    story = sent_in(desk)
    assert press(desk.editor, story, "waive", note="急").status_code == 403
    assert said(press(desk.chief, story, "waive", note=" ")) == ["免审要写明理由。"]
    assert not SignOff.objects.exists()


def test_10_proofreading_alone_is_not_waived():
    desk = newsroom(needs_proofreading=True)
    story = sent_in(desk)
    sign(story, desk.editor)
    assert "校对不能单独免" in said(press(desk.chief, story, "waive", note="急"))[0]


def test_11_old_revision_restored_after_approval_is_not_published():
    desk = newsroom()
    story = desk.story(title="旧题目")
    reviews.submit(story, by=desk.reporter)
    edit(story, desk.reporter, title="新题目")
    for person in (desk.editor, desk.second_editor, desk.chief):
        sign(story, person)
    edit(story, desk.second_chief, title="旧题目")
    assert refuses_to_publish(story, desk.second_chief) == "还差终审。"


def test_11_words_brought_back_from_before_a_release_have_their_writer_again():
    desk = newsroom()
    story = desk.story(title="起头")
    edit(story, desk.chief, title="总编写的旧题目")
    edit(story, desk.reporter, title="记者写的新题目")
    reviews.submit(story, by=desk.reporter)
    for person in (desk.editor, desk.second_editor, desk.second_chief):
        sign(story, person)
    publishing.publish(story, by=desk.editor)
    edit(story, desk.second_editor, title="总编写的旧题目")
    reviews.submit(story, by=desk.second_editor)
    assert said(press(desk.chief, story, "pass")) == [OWN_WORDS]


def test_11_edit_of_many_stories_at_once_voids_like_any_other():
    desk = newsroom()
    story = desk.approved()
    edit(story, desk.second_chief, channel=factories.channel(review_levels=3))
    assert story.stage == Stage.IN_REVIEW
    assert refuses_to_publish(story, desk.second_chief) == "还差终审。"


@pytest.mark.django_db(transaction=True)
def test_12_of_two_who_sign_at_once_only_one_does():
    desk = newsroom()
    story = sent_in(desk)
    read = newest(story)
    refused = at_once(
        story,
        waiting=lambda: reviews.sign(
            story, by=desk.second_editor, sha256=read, seen_level=1
        ),
        first=lambda: reviews.sign(story, by=desk.editor, sha256=read),
    )
    assert refused == ["你打开这一页以后，别人已经签过，现在等的是复审。请再看一下。"]
    assert SignOff.objects.get().person == desk.editor


@pytest.mark.django_db(transaction=True)
def test_12_one_person_in_two_tabs_signs_once():
    desk = newsroom()
    story = sent_in(desk)
    read = newest(story)
    refused = at_once(
        story,
        waiting=lambda: reviews.sign(story, by=desk.editor, sha256=read),
        first=lambda: reviews.sign(story, by=desk.editor, sha256=read),
    )
    assert refused == [TWO_LEVELS.format("初审")]
    assert SignOff.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_12_publication_that_waited_for_an_edit_is_refused():
    desk = newsroom()
    story = desk.approved()
    refused = at_once(
        story,
        waiting=lambda: publishing.publish(story, by=desk.editor),
        first=lambda: edit(story, desk.second_chief, title="抢先改的题目"),
    )
    assert refused == ["还差终审。"]
    assert not PublishedArticle.objects.exists()


def test_12_text_that_changes_between_the_check_and_the_freezing_is_not_published(
    monkeypatch,
):
    desk = newsroom()
    story = desk.approved(authors=("柳明",))

    def rename_the_author(*_, **__):
        Author.objects.filter(name="柳明").update(name="没审过的名字")

    # Names are saved without the lock of any story.
    monkeypatch.setattr(publishing, "cancel_planned", rename_the_author)
    sentence = refuses_to_publish(story, desk.editor)
    assert sentence == "署名刚才又改过，请收回后重新送审。"


def tomorrow():
    return timezone.now() + datetime.timedelta(days=1)


@pytest.mark.parametrize("planned", [False, True])
def test_13_replacement_needs_the_signatures_that_a_publication_needs(planned):
    desk = newsroom()
    story = desk.released()
    edit(story, desk.editor, title="没审过的题目")
    fields = {"at": tomorrow()} if planned else {}
    sentence = refuses_to_publish(story, desk.editor, publishing.replace, **fields)
    assert sentence == "这个频道要经过三审，这篇稿件还没有送审。"


@pytest.mark.parametrize("button", ["_replace", "_plan_replacement"])
def test_13_replacement_by_button_is_refused_too(button):
    desk = newsroom()
    story = desk.released(title="审过的题目")
    response = send(
        client_of(desk.chief),
        form_of(story),
        {
            "title": "没审过的题目",
            "publish_at_0": "2099-01-01",
            "publish_at_1": "08:00",
        },
        button=button,
    )
    assert "这个频道要经过三审，这篇稿件还没有送审。" in said(response)
    assert [row.title for row in PublishedArticle.objects.all()] == ["审过的题目"]


def test_13_schedule_needs_the_signatures_that_a_publication_needs():
    desk = newsroom()
    story = sent_in(desk)
    with pytest.raises(PublishingRefused, match="还差初审、复审、终审"):
        publishing.schedule(story, tomorrow(), by=desk.chief)


def test_13_old_signatures_do_not_release_a_second_time():
    desk = newsroom()
    story = desk.released()
    publishing.withdraw(story, by=desk.chief)
    assert "还没有送审" in refuses_to_publish(story, desk.editor)


def test_13_superuser_is_a_person_like_any_other():
    desk = newsroom()
    story = desk.story()
    root = factories.staff(is_superuser=True)
    edit(story, root, title="超级用户写的")
    reviews.submit(story, by=desk.reporter)
    assert said(press(root, story, "pass")) == [OWN_WORDS]
    assert said(press(root, story, "waive", note="急")) == [
        "这一版里有你写的内容，不能由你免审。"
    ]
    assert "还差" in refuses_to_publish(story, root)


def entry_for(story, person, **fields) -> SignOff:
    """A well-made entry of the ledger that no verb would write."""
    state = reviews.state_of(story)
    number, previous = next_place(SignOff)
    entry = SignOff(
        **{
            "number": number,
            "round": state.round,
            "revision": state.revision,
            "level": 1,
            "kind": SignOff.Kind.REVIEW,
            "verdict": SignOff.Verdict.PASS,
            "person": person,
            "person_name": str(person),
            "signed_at": timezone.now(),
            "previous_sha256": previous,
            **fields,
        }
    )
    entry.sha256 = digest(entry.previous_sha256, entry.payload())
    return entry


def database_refuses(act) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    return True


def test_14_database_refuses_a_signature_on_own_words():
    desk = newsroom()
    story = sent_in(desk)
    assert database_refuses(entry_for(story, desk.reporter).save)
    entry_for(story, desk.editor).save()


def test_14_database_refuses_a_second_level_of_one_person():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    assert database_refuses(entry_for(story, desk.editor, level=2).save)


def test_14_database_refuses_a_level_that_the_round_has_not():
    desk = newsroom(levels=2)
    story = sent_in(desk)
    assert database_refuses(entry_for(story, desk.editor, level=3).save)


def test_14_database_refuses_a_waiver_of_the_last_level():
    desk = newsroom(levels=1)
    story = sent_in(desk)
    entry = entry_for(story, desk.editor, verdict=SignOff.Verdict.WAIVE, note="急")
    assert database_refuses(entry.save)


def test_14_database_refuses_a_signature_on_the_text_of_another_story():
    desk = newsroom()
    story, other = sent_in(desk), sent_in(desk)
    entry = entry_for(story, desk.editor, revision=reviews.state_of(other).revision)
    assert database_refuses(entry.save)


def test_14_database_refuses_a_signature_in_a_closed_round():
    desk = newsroom()
    story = sent_in(desk)
    entry = entry_for(story, desk.editor)
    reviews.recall(story, by=desk.reporter)
    assert database_refuses(entry.save)


def test_14_database_refuses_an_entry_beside_the_chain():
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    assert database_refuses(
        entry_for(story, desk.second_editor, level=2, previous_sha256="0" * 64).save
    )


@pytest.mark.parametrize("column", ["levels", "needs_proofreading", "number"])
def test_14_database_keeps_what_a_round_asks_for(column):
    story = sent_in(newsroom())
    opened = story.review_rounds.get()
    assert database_refuses(
        lambda: story.review_rounds.update(**{column: not getattr(opened, column)})
    )


@pytest.mark.parametrize("model", [SignOff, Revision, RevisionWriter])
def test_14_database_refuses_to_change_or_remove_what_was_signed(model):
    desk = newsroom()
    story = sent_in(desk)
    sign(story, desk.editor)
    # The manager refuses nothing here: these go straight to the database.
    rows = model.objects.all()
    assert database_refuses(lambda: rows._raw_delete(rows.db))
    assert database_refuses(lambda: rows.update(id=F("id")))


def at_once(story, waiting, first) -> list[str]:
    """Start `waiting` in a thread while `first` holds the story; why it was refused."""
    refused: list[str] = []

    def wait() -> None:
        try:
            waiting()
        except (ReviewRefused, PublishingRefused) as refusal:
            refused.extend(refusal.sentences)
        finally:
            connection.close()

    thread = threading.Thread(target=wait)
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=story.pk)
        thread.start()
        thread.join(0.3)  # long enough to come to the lock, where it must still be
        assert thread.is_alive()
        first()
    thread.join(20)
    return refused


def test_8_time_of_first_publication_changed_after_signing_is_not_released():
    desk = newsroom(levels=1)
    story = sent_in(desk)
    sign(story, desk.editor)
    story.original_published_at = timezone.now() - datetime.timedelta(days=400)
    story.save()
    assert "不一样" in refuses_to_publish(story, desk.editor)
