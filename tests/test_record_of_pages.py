"""Whatever is saved or deleted on a page of the admin stands in the record of acts."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Act, AuditEntry, Grant, User
from accounts.roles import Role
from articles.models import Editor, Tag
from editions.models import Term
from jinxi_portal.site import RecordedMixin
from tests import factories
from tests.admin_forms import send, signed_in

pytestmark = pytest.mark.django_db


def page_of(row, page: str = "change") -> str:
    meta = row._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=[row.pk])


def test_every_page_of_the_admin_records():
    assert all(
        isinstance(page, RecordedMixin) for page in admin.site._registry.values()
    )


def test_renamed_tag_is_on_record_with_both_names():
    client = signed_in(Role.EDITOR)
    tag = Tag.objects.create(name="古村", slug="old")
    send(client, page_of(tag), {"name": "老村"})
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert (entry.person, entry.subject_id) == (client.user, str(tag.pk))
    assert (entry.before, entry.after) == ({"name": "古村"}, {"name": "老村"})


def test_changed_words_of_a_picture_are_on_record():
    client = signed_in(Role.EDITOR)
    picture = factories.picture(caption="河边")
    send(client, page_of(picture), {"caption": "桥头"})
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert (entry.before, entry.after) == ({"caption": "河边"}, {"caption": "桥头"})


def test_new_term_of_the_glossary_is_on_record():
    client = signed_in(Role.EDITOR)
    words = {"source": "樟溪", "is_protected": "on"}
    send(client, reverse("admin:editions_term_add"), words)
    entry = AuditEntry.objects.get(act=Act.CREATE)
    assert entry.subject_id == str(Term.objects.get().pk)
    assert entry.after["source"] == "樟溪"


def test_save_that_changes_nothing_is_not_on_record():
    client = signed_in(Role.EDITOR)
    send(client, page_of(Tag.objects.create(name="古村", slug="old")), {})
    assert not AuditEntry.objects.filter(act=Act.CHANGE).exists()


def test_deleted_name_is_on_record_as_it_was():
    client = signed_in(Role.CHIEF)
    editor = Editor.objects.create(name="周禾", desk="要闻部")
    client.post(page_of(editor, "delete"), {"post": "yes"})
    entry = AuditEntry.objects.get(act=Act.DELETE)
    assert (entry.before["name"], entry.before["desk"]) == ("周禾", "要闻部")


def test_deleted_draft_is_on_record():
    client = signed_in(Role.REPORTER)
    draft = factories.article(title="不要的稿", created_by=client.user)
    client.post(page_of(draft, "delete"), {"post": "yes"})
    assert AuditEntry.objects.get(act=Act.DELETE).subject == "不要的稿"


def test_story_is_recorded_once_by_its_own_verb():
    client = signed_in(Role.EDITOR)
    story = factories.article()
    send(client, page_of(story), {"title": "新题"})
    entry = AuditEntry.objects.get(act=Act.CHANGE)
    assert entry.after == {"title": "新题"}


def test_nothing_of_a_password_is_on_record():
    client = signed_in(Role.ADMINISTRATOR)
    secret = "a-long-secret-word-7"
    send(
        client,
        reverse("admin:accounts_user_add"),
        {"username": "neu", "password1": secret, "password2": secret},
    )
    made = User.objects.get(username="neu")
    assert not Grant.objects.filter(person=made).exists()
    record = str(list(AuditEntry.objects.values_list("before", "after")))
    assert secret not in record
    assert made.password not in record
