import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from editions.models import Term

pytestmark = pytest.mark.django_db


def test_the_change_page_shows_the_term_in_each_edition(admin_client):
    term = Term.objects.create(source="山后台", form_zh_hk="山後臺")
    page = admin_client.get(reverse("admin:editions_term_change", args=[term.pk])).text
    assert "简体：山后台" in page
    assert "臺灣：山後臺" in page


def test_the_page_for_a_new_term_works(admin_client):
    assert "保存后显示。" in admin_client.get(reverse("admin:editions_term_add")).text


def test_a_term_is_found_by_any_of_its_forms(admin_client):
    Term.objects.create(source="山后", form_zh_hk="甲乙")
    Term.objects.create(source="水后")
    page = admin_client.get(
        reverse("admin:editions_term_changelist"), {"q": "甲乙"}
    ).text
    assert "山后" in page
    assert "水后" not in page


def test_a_refusal_is_a_sentence_beside_the_field(admin_client):
    form = {"source": "后", "script": "zh-Hans"}
    page = admin_client.post(reverse("admin:editions_term_add"), form).text
    assert "原文至少要有两个字" in page
    assert not Term.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_twenty(
    admin_client, django_assert_num_queries
):
    url = reverse("admin:editions_term_changelist")
    Term.objects.create(source="山后")
    with CaptureQueriesContext(connection) as few:
        admin_client.get(url)
    Term.objects.bulk_create(Term(source=f"山{number}") for number in range(20))
    with django_assert_num_queries(len(few)):
        admin_client.get(url)


def test_staff_without_permission_see_no_glossary(client, django_user_model):
    user = django_user_model.objects.create_user("reader", password="x", is_staff=True)
    client.force_login(user)
    assert client.get(reverse("admin:editions_term_changelist")).status_code == 403
