"""Tags as editors type them, and the promise that each has a page."""

import pytest

from articles.models import Tag
from articles.tags import split_tags
from tests import factories


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("乡村振兴，党建、民生", ["乡村振兴", "党建", "民生"]),
        ("# 古村；#读书\n古村", ["古村", "读书"]),
        ("..、？、——、C++", ["C++"]),
        ("", []),
    ],
)
def test_tags_are_split_as_editors_mean_them(typed, names):
    assert split_tags(typed) == names


@pytest.mark.django_db
def test_spellings_in_two_scripts_are_one_tag():
    article = factories.article(tags=("鄉村", "乡村", "ＡＢ", "ab"))
    assert sorted(article.tags.names()) == sorted(["鄉村", "ＡＢ"])


@pytest.mark.django_db
def test_story_with_a_tag_of_bare_punctuation_can_be_read(client):
    story = factories.article(title="桥头的灯", tags=("——",), published=True)
    assert client.get(f"/article/{story.pk}/").status_code == 200
    assert client.get(Tag.objects.get().get_absolute_url()).status_code == 200
