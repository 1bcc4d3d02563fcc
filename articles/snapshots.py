"""A desk copy as structured content, and its fingerprint.

The canonical serialisation is JSON with sorted keys, no blanks and UTF-8 text: two
revisions have the same sha256 exactly when a reader would get the same words.
"""

import datetime
import hashlib
import json
from typing import Any

from articles.honours import honour_of
from articles.materials import materials_of
from articles.models import Article, Tag


def content_of(article: Article) -> dict[str, Any]:
    """Everything of the desk copy that readers may see. Twelve queries."""
    cover = article.cover
    return {
        "kicker": article.kicker,
        "title": article.title.strip(),
        "subtitle": article.subtitle.strip(),
        "standfirst": article.standfirst.strip(),
        "script": article.script,
        "channel": article.channel_id,
        "further_channels": sorted(
            article.further_channels.values_list("pk", flat=True)
        ),
        "source": _source(article),
        "original_url": article.original_url,
        **_original_time(article),
        "authors": [
            credit.author.name
            for credit in article.author_credits.select_related("author")
        ],
        "editors": [
            credit.editor.name
            for credit in article.editor_credits.select_related("editor")
        ],
        "tags": sorted(article.tags.values_list("pk", flat=True)),
        "cover": {
            "picture": cover.pk,
            "alt_text": cover.alt_text,
            "caption": cover.caption,
            "credit": cover.credit,
        }
        if cover
        else None,
        "sections": [
            {
                "anchor": section.anchor,
                "heading": section.heading.strip(),
                "subheading": section.subheading.strip(),
                "body": section.body,
            }
            for section in article.sections.all()
            if section.heading or section.body
        ],
        **_honour(article),
        **_related(article),
        **materials_of(article),
    }


def with_tags_of_today(content: dict[str, Any]) -> dict[str, Any]:
    """Frozen content as a desk copy says it now: of tags merged since, the one that is
    left. One query."""
    tags = Tag.objects.standing_for(content["tags"])
    return {**content, "tags": sorted(tags.values_list("pk", flat=True))}


def fingerprint(content: dict[str, Any]) -> str:
    """sha256 of the canonical serialisation, as 64 hexadecimal digits."""
    canonical = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def words_fingerprint(content: dict[str, Any]) -> str:
    """sha256 of what somebody wrote: not of where it stands or who is responsible for it.

    An editor who puts their own name under a story, files it under a channel or a tag,
    or puts other stories beside it, has written nothing of it; nor has whoever says of a
    source that it promotes.
    """
    filing = {"channel", "further_channels", "tags", "editors", "related"}
    words = {part: content[part] for part in content if part not in filing}
    source = content["source"]
    words["source"] = {part: source[part] for part in source if part != "is_promotion"}
    return fingerprint(words)


def _source(article: Article) -> dict[str, Any]:
    """`is_promotion` only if it is: what was frozen earlier says nothing of it."""
    source = article.source
    if source is None:
        return {"name": "", "url": ""}
    promotion = {"is_promotion": True} if source.is_promotion else {}
    return {"name": source.name, "url": source.url, **promotion}


def _original_time(article: Article) -> dict[str, Any]:
    """When it was first published elsewhere, as precisely as printed; nothing for own
    stories, whose time is that of their release."""
    if article.original_published_at is None:
        return {}
    moment = article.original_published_at.astimezone(datetime.UTC).isoformat()
    precision = str(article.original_precision)
    return {"original_published": {"at": moment, "precision": precision}}


def _honour(article: Article) -> dict[str, Any]:
    """Nothing for stories without one: what was frozen earlier has no such part."""
    honour = honour_of(article)
    return {"honour": honour} if honour else {}


def _related(article: Article) -> dict[str, Any]:
    """The stories that the desk chose, by key; nothing if it chose none."""
    links = article.related_links.values_list("related", flat=True)
    chosen = list(links)
    return {"related": chosen} if chosen else {}
