"""Who may open which address: one declared line for every address of the site.

`TABLE` is the claim; tests/test_rights_matrix.py tries every line with everybody, on
rows of one's own channel and of another, by GET and by POST. To add an address, add one
line: see `Line`, and `of_channel` for what belongs to a story of a channel.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver, reverse

from accounts.roles import Role

ANONYMOUS = "nobody signed in"
NO_ROLE = "no role"
REPORTER, EDITOR, CHIEF = Role.REPORTER, Role.EDITOR, Role.CHIEF
ADMINISTRATOR, AUDITOR = Role.ADMINISTRATOR, Role.AUDITOR

Who = frozenset[str]
EVERYBODY: Who = frozenset({ANONYMOUS, NO_ROLE, *Role})
SIGNED_IN: Who = EVERYBODY - {ANONYMOUS}
NOBODY: Who = frozenset()
WRITERS: Who = frozenset({REPORTER, EDITOR, CHIEF})
EDITORS: Who = frozenset({EDITOR, CHIEF})
CHIEFS: Who = frozenset({CHIEF})
READERS: Who = EDITORS | {AUDITOR}  # of every story of their channel
MATERIAL: Who = WRITERS | {AUDITOR}  # of lists, pictures, names
SHAPERS: Who = frozenset({CHIEF, ADMINISTRATOR})
ADMINISTRATORS: Who = frozenset({ADMINISTRATOR})
RECORD: Who = frozenset({CHIEF, ADMINISTRATOR, AUDITOR})


@dataclass
class Place:
    """One channel and a row of each kind in it: `row["article"]` and so on."""

    row: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """Whom an address answers; everybody else is refused, or sent to sign in.

    `get`, `post`: for a row of the person's own channel; None is "method not allowed".
    `other_get`, `other_post`: for a row of another channel; by default the same people.
    `rows`: the arguments of the address, by name in Place.row, else as they stand.
    `path`: the address itself where it has no name. `query`, `data`: what is sent along; send what makes
    the page act, so that the right of the act is tried and not only its form.
    `is_public`: no sign-in, whoever asks.
    """

    get: Who | None
    post: Who | None
    other_get: Who | None = None
    other_post: Who | None = None
    rows: tuple[str, ...] = ()
    path: str = ""
    query: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    is_public: bool = False

    def address(self, key: str, place: Place) -> str:
        if self.path:
            return self.path.format(**place.row)
        return reverse(key, args=[place.row.get(name, name) for name in self.rows])

    def who(self, method: str, *, is_own: bool) -> Who | None:
        here = self.get if method == "GET" else self.post
        there = self.other_get if method == "GET" else self.other_post
        return here if is_own or here is None or there is None else there


def of_channel(
    get: Who | None,
    post: Who | None,
    *rows: str,
    elsewhere: Who = NOBODY,
    **more: dict[str, str],
) -> Line:
    """A page of something in a channel: in other channels for `elsewhere` at most."""
    return Line(get, post, elsewhere, elsewhere, rows, **more)


def model(
    name: str,
    row: str,
    *,
    see: Who,
    add: Who = NOBODY,
    change: Who = NOBODY,
    delete: Who = NOBODY,
    elsewhere: tuple[Who, Who] | None = None,
) -> dict[str, Line]:
    """The admin's usual pages of one table. `elsewhere`: who sees and who changes a row
    of another channel, where rows belong to channels."""
    see_there, change_there = elsewhere or (see, change)
    app, _, kind = name.partition("_")
    change_page = Line(
        see | change, change, see_there | change_there, change_there, (row,)
    )
    history = Line(see, see, see_there, see_there, (row,))
    gone = delete & change_there if elsewhere else delete
    return {
        f"admin:{name}_changelist": Line(see, see),
        f"admin:{name}_add": Line(add, add),
        f"admin:{name}_change": change_page,
        f"admin:{name}_history": history,
        f"admin:{name}_delete": Line(delete, delete, gone, gone, (row,)),
        # Without a name: it only leads on to the page above.
        f"admin:{app}/{kind}/<path:object_id>/": Line(
            SIGNED_IN, SIGNED_IN, path=f"/admin/{app}/{kind}/{{{row}}}/"
        ),
    }


def _public(*rows: str, post: Who | None = None, **more: str) -> Line:
    return Line(EVERYBODY, post, rows=rows, is_public=True, **more)


READERS_PAGES = {
    "fronts:home": _public(),
    "fronts:channel": _public("channel_slug"),
    "fronts:channel_feed": _public("channel_slug"),
    "fronts:channel_feed_rss": _public("channel_slug"),
    "fronts:feed": _public(),
    "fronts:feed_rss": _public(),
    "fronts:tag_feed": _public("tag_slug"),
    "fronts:tag_feed_rss": _public("tag_slug"),
    "fronts:topic_feed": _public("topic_slug"),
    "fronts:topic_feed_rss": _public("topic_slug"),
    "fronts:corrections": _public(),
    "fronts:corrections_feed": _public(),
    "fronts:corrections_feed_rss": _public(),
    "fronts:feeds": _public(),
    "fronts:opml": _public(),
    "fronts:favicon": _public(),
    "fronts:icon": _public("no-such-version", "32"),
    "fronts:manifest": _public(),
    "fronts:large_type": _public(post=EVERYBODY),
    "fronts:statement": _public("statement_slug"),
    "fronts:report": _public(post=EVERYBODY),
    "fronts:report_received": _public(),
    "search:search": _public(),
    "search:suggestions": _public(),
    "search:description": _public(),
    "fronts:seen": Line(None, EVERYBODY, rows=("article",), is_public=True),
    "fronts:archive": _public(),
    "fronts:archive_year": _public(path="/archive/{today:%Y}/"),
    "fronts:archive_month": _public(path="/archive/{today:%Y/%m}/"),
    "fronts:archive_day": _public(path="/archive/{today:%Y/%m/%d}/"),
    "fronts:topics": _public(),
    "fronts:topic": _public("topic_slug"),
    "fronts:sitemap": _public(),
    "fronts:sitemap_pages": _public(),
    "fronts:sitemap_part": _public("stories", "stories_file"),
    "fronts:news_sitemap": _public(),
    "fronts:robots": _public(),
    "articles:page": _public("article"),
    "articles:share": _public("article"),
    "articles:share_code": _public("article"),
    "fronts:share_card": _public("article", "no-such-version"),
    "fronts:share_square": _public("article", "no-such-version"),
    "articles:tag": _public("tag_slug"),
    "articles:editor": _public("editor"),
    "articles:editor_writing": _public("editor"),
    "articles:author": _public("author"),
    "articles:preview": _public("preview_token"),
    "media": _public(path="/media/{document_path}"),
}

FRAME = {
    "admin:index": Line(SIGNED_IN, SIGNED_IN),
    "admin:login": Line(EVERYBODY, EVERYBODY, is_public=True),
    "admin:logout": Line(None, SIGNED_IN),
    "admin:password_change": Line(SIGNED_IN, SIGNED_IN),
    "admin:password_change_done": Line(SIGNED_IN, None),
    "admin:jsi18n": Line(SIGNED_IN, None),
    "admin:view_on_site": Line(SIGNED_IN, SIGNED_IN, rows=("channel_type", "channel")),
    "admin:app_list": Line(MATERIAL, MATERIAL, rows=("articles",)),
    "admin:(?P<url>.*)$": Line(NOBODY, NOBODY, path="/admin/nothing/here/"),
    "admin:autocomplete": Line(
        MATERIAL | SHAPERS,
        None,
        query={"app_label": "accounts", "model_name": "grant", "field_name": "channel"},
    ),
}

TABLES = {
    **model(
        "accounts_user",
        "user",
        see=ADMINISTRATORS,
        add=ADMINISTRATORS,
        change=ADMINISTRATORS,
    ),
    **model("accounts_grant", "grant", see=RECORD, elsewhere=(ADMINISTRATORS, NOBODY)),
    **model(
        "accounts_auditentry", "entry", see=RECORD, elsewhere=(ADMINISTRATORS, NOBODY)
    ),
    **model(
        "editions_term",
        "term",
        see=EDITORS,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "pictures_picture",
        "picture",
        see=MATERIAL,
        add=WRITERS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "pictures_document",
        "document",
        see=MATERIAL,
        add=WRITERS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "pictures_recording",
        "recording",
        see=MATERIAL,
        add=WRITERS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "pictures_collection",
        "collection",
        see=MATERIAL,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "pictures_picturetag",
        "picture_tag",
        see=MATERIAL,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    "admin:pictures_picture_replace": Line(EDITORS, EDITORS, rows=("picture",)),
    "admin:pictures_picture_version": Line(MATERIAL, None, rows=("picture", "1")),
    "admin:pictures_picture_bring_back": Line(None, EDITORS, rows=("picture", "1")),
    **model(
        "channels_channel",
        "channel",
        see=MATERIAL | SHAPERS,
        add=SHAPERS,
        change=SHAPERS,
        delete=SHAPERS,
        elsewhere=(MATERIAL | SHAPERS, ADMINISTRATORS),
    ),
    **model(
        "articles_article",
        "draft",
        see=READERS,
        add=WRITERS,
        change=EDITORS,
        delete=CHIEFS,
        elsewhere=(NOBODY, NOBODY),
    ),
    **model(
        "articles_editor",
        "editor",
        see=MATERIAL,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "articles_author",
        "author",
        see=MATERIAL,
        add=WRITERS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "articles_source",
        "source",
        see=MATERIAL,
        add=WRITERS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "articles_tag", "tag", see=MATERIAL, add=EDITORS, change=EDITORS, delete=EDITORS
    ),
    **model(
        "fronts_siteidentity",
        "identity",
        see=ADMINISTRATORS,
        change=ADMINISTRATORS,
    ),
    **model(
        "fronts_placement",
        "placement",
        see=EDITORS,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
        elsewhere=(NOBODY, NOBODY),
    ),
    # Topics cross channels: who curates anywhere curates all of them.
    **model(
        "fronts_topic",
        "topic",
        see=EDITORS,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    # So do searches.
    **model(
        "search_promotedresult",
        "promoted_result",
        see=EDITORS,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    **model(
        "search_synonymgroup",
        "synonym_group",
        see=EDITORS,
        add=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    # Blocks are added on their topic's page.
    **model(
        "fronts_topicblock",
        "topic_block",
        see=EDITORS,
        change=EDITORS,
        delete=EDITORS,
    ),
    "admin:fronts_topicblock_changelist": Line(EDITORS, EDITORS),
    "admin:fronts_topic_preview": Line(READERS, None, rows=("topic",)),
    "admin:fronts_topic_stories": Line(EDITORS, None),
    # What all readers see asks for the right everywhere, which nobody here has: a chief
    # of the whole site is tried in tests/fronts/test_occasions.py.
    **model("fronts_emergencynotice", "emergency_notice", see=NOBODY),
    **model("fronts_mourning", "mourning", see=NOBODY),
    **model("fronts_statementpage", "statement", see=NOBODY),
    # The list of stories is for every writer; each finds there what they may see.
    "admin:articles_article_changelist": Line(MATERIAL, MATERIAL),
}

STAFF_PAGES = {
    "admin:auth_user_password_change": Line(
        ADMINISTRATORS, ADMINISTRATORS, rows=("user",)
    ),
    "admin:accounts_grant_confirm": of_channel(
        None, SHAPERS, "grant", elsewhere=ADMINISTRATORS
    ),
    "admin:accounts_auditentry_export": Line(None, RECORD),
    "admin:channels_channel_move_up": of_channel(
        None, SHAPERS, "channel", elsewhere=ADMINISTRATORS
    ),
    "admin:channels_channel_move_down": of_channel(
        None, SHAPERS, "channel", elsewhere=ADMINISTRATORS
    ),
}

STORY_PAGES = {
    "admin:articles_inbox": Line(MATERIAL, None),
    "admin:articles_inbox_shelf": Line(MATERIAL, None, rows=("mine",)),
    "admin:articles_notices": Line(MATERIAL, None),
    "admin:articles_notices_read": Line(None, MATERIAL),
    "admin:articles_queue": Line(MATERIAL, None),
    "admin:articles_article_paste": Line(WRITERS, WRITERS),
    "admin:articles_article_review": of_channel(
        READERS, EDITORS, "reviewed", data={"act": "return", "sha256": "x", "note": "x"}
    ),
    "admin:articles_article_submit": of_channel(None, EDITORS, "draft"),
    "admin:articles_article_recall": of_channel(None, EDITORS, "reviewed"),
    "admin:articles_article_ledger": of_channel(READERS, None, "reviewed"),
    "admin:articles_article_slip": of_channel(READERS, None, "reviewed"),
    "admin:articles_article_note": of_channel(
        None, EDITORS, "reviewed", data={"sha256": "x", "text": "x"}
    ),
    "admin:articles_note_answer": of_channel(None, EDITORS, "note", data={"text": "x"}),
    "admin:articles_note_resolve": of_channel(None, EDITORS, "note"),
    "admin:articles_note_reopen": of_channel(None, EDITORS, "note"),
    "admin:articles_article_correct": of_channel(EDITORS, EDITORS, "article"),
    "admin:articles_article_editions": of_channel(READERS, None, "draft"),
    "admin:articles_article_edition": of_channel(
        READERS, EDITORS, "draft", "zh-tw", data={"act": "review", "paragraph": "x"}
    ),
    "admin:articles_article_withdraw": of_channel(CHIEFS, CHIEFS, "article"),
    "admin:articles_article_preview_new": Line(WRITERS, WRITERS),
    "admin:articles_article_preview": of_channel(READERS, READERS, "draft"),
    "admin:articles_article_preview_links": of_channel(
        READERS, EDITORS, "draft", data={"days": "3"}
    ),
    "admin:articles_article_preview_revoke": of_channel(
        None, EDITORS, "previewed", "preview_link"
    ),
    "admin:articles_article_autosave": Line(None, WRITERS),
    # What somebody else's form kept is nobody's business.
    "admin:articles_article_kept": Line(NOBODY, NOBODY, rows=("kept",)),
    "admin:articles_article_discard": Line(None, NOBODY, rows=("kept",)),
    # By GET it only leads back to the form.
    "admin:articles_article_differences": Line(
        SIGNED_IN, EDITORS, SIGNED_IN, NOBODY, ("draft",)
    ),
    "admin:articles_article_revisions": of_channel(READERS, None, "reviewed"),
    "admin:articles_article_compare": of_channel(
        READERS, None, "reviewed", query={"before": "1", "after": "1"}
    ),
    "admin:articles_article_revision": of_channel(READERS, None, "reviewed", "1"),
    "admin:articles_article_restore": of_channel(EDITORS, EDITORS, "reviewed", "1"),
    "admin:articles_article_expiry": of_channel(EDITORS, EDITORS, "article"),
    "admin:articles_article_duplicate": of_channel(None, EDITORS, "draft"),
    "admin:articles_article_keep_template": of_channel(
        EDITORS, EDITORS, "draft", data={"name": "模板"}
    ),
    "admin:articles_templates": Line(WRITERS, None),
    "admin:articles_template_start": Line(None, WRITERS, rows=("template",)),
    "admin:articles_template_remove": Line(None, EDITORS, rows=("template",)),
    "fronts:styleguide": Line(READERS, None),
    "admin:fronts_dailyviews_changelist": Line(READERS, None),
    "admin:search_dailyquery_changelist": Line(READERS, None),
    "admin:editions_term_regional": Line(EDITORS, EDITORS),
    "admin:editions_term_export": Line(None, EDITORS),
    "admin:fronts_errorreport_changelist": Line(EDITORS, EDITORS),
    "admin:fronts_errorreport_change": of_channel(
        EDITORS, EDITORS, "report", data={"state": "mended"}
    ),
    # Tags belong to all channels: it takes an editor of everything.
    "admin:articles_tag_merge": Line(NOBODY, NOBODY, rows=("tag",)),
    "admin:fronts_absence": of_channel(READERS, CHIEFS, "withdrawal"),
}

TABLE: dict[str, Line] = {
    **READERS_PAGES,
    **FRAME,
    **TABLES,
    **STAFF_PAGES,
    **STORY_PAGES,
}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The keys of all addresses of the site: "space:name", or the route if unnamed."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            prefix = str(pattern.pattern) if space else ""
            for key in addresses(pattern, inner):
                is_unnamed = space and key.startswith(space) and "<" in key
                yield f"{space}{prefix}{key[len(space) :]}" if is_unnamed else key
        else:
            yield space + (pattern.name or str(pattern.pattern))


def channel_type() -> int:
    return ContentType.objects.get(app_label="channels", model="channel").pk
