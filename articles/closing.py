"""The pictures of a story that was withdrawn: nobody opens them at their old addresses."""

from django.db.models import Q

from articles.models import Article, PublishedArticle
from pictures.models import Picture
from pictures.renditions import close


def close_pictures_of(article: Article) -> None:
    """Take the pictures that no other story has from where readers could still find
    them. Called when the article was withdrawn, in that transaction."""
    for picture in own_pictures(article):
        close(picture)


def own_pictures(article: Article) -> list[Picture]:
    """Pictures of the story, in whatever version, that nothing else shows. Two queries."""
    shown = Q(published_cover_of__article=article) | Q(
        published_materials__published_article__article=article
    )
    candidates = Picture.objects.filter(shown).distinct()
    return [
        picture for picture in candidates if not _is_shown_besides(picture, article)
    ]


def _is_shown_besides(picture: Picture, article: Article) -> bool:
    """Whether another story or another part of the site has it."""
    for relation in Picture._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or model._meta.app_label == "pictures":
            continue
        rows = model._default_manager.filter(**{relation.field.name: picture})
        if model is Article:
            rows = rows.exclude(pk=article.pk)
        elif model is PublishedArticle:
            rows = rows.exclude(article=article)
        elif hasattr(model, "published_article"):
            rows = rows.exclude(published_article__article=article)
        elif hasattr(model, "article"):
            rows = rows.exclude(article=article)
        if rows.exists():
            return True
    return False
