"""The smallest valid objects. Words are invented."""

import datetime
import itertools
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from accounts.models import Grant, User
from accounts.roles import Role
from articles import publishing
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleEditor,
    Author,
    Editor,
    Honour,
    Section,
    Source,
)
from channels.models import Channel
from fronts.models import Placement, Topic, TopicBlock
from pictures.models import Document, Picture, PictureVersion, Recording, Rights

_numbers = itertools.count(1)


def channel(**fields) -> Channel:
    """A list of stories. It asks for no review, unless told how many levels."""
    number = next(_numbers)
    return Channel.objects.create(
        **{
            "name": f"频道{number}",
            "slug": f"channel-{number}",
            "review_levels": 0,
            **fields,
        }
    )


def article(
    *,
    body: str = "<p>河边的老街修好了。</p>",
    editors: tuple[str, ...] = ("周禾",),
    authors: tuple[str, ...] = (),
    source: str = "",
    tags: tuple[str, ...] = (),
    published_at: datetime.datetime | None = None,
    published: bool = False,
    **fields,
) -> Article:
    """A desk copy that could be published; `published` puts it before readers."""
    number = next(_numbers)
    if "channel" not in fields:
        fields["channel"] = channel()
    if source:
        fields["source"], _ = Source.objects.get_or_create(name=source)
    made = Article.objects.create(**{"title": f"稿件{number}", **fields})
    if body:
        Section.objects.create(article=made, position=10, body=body)
    for position, name in enumerate(editors, start=1):
        editor, _ = Editor.objects.get_or_create(name=name)
        ArticleEditor.objects.create(article=made, editor=editor, position=position)
    for position, name in enumerate(authors, start=1):
        author, _ = Author.objects.get_or_create(name=name)
        ArticleAuthor.objects.create(article=made, author=author, position=position)
    made.tags.set(tags)
    if published or published_at:
        publishing.publish(made, by=None, now=published_at)
    return made


def person(
    *,
    honour: dict | None = None,
    published_at: datetime.datetime | None = None,
    published: bool = True,
    **fields,
) -> Article:
    """Somebody in a gallery, with an honour of this year unless told otherwise."""
    if "channel" not in fields:
        fields["channel"] = channel(kind=Channel.Kind.GALLERY)
    made = article(**fields)
    told = {"title": "樟溪好人", "year": timezone.localdate().year}
    Honour.objects.create(article=made, **told | (honour or {}))
    if published:
        publishing.publish(made, by=None, now=published_at)
    return made


def staff(role: Role | None = None, **fields) -> User:
    number = next(_numbers)
    user = User.objects.create_user(
        **{
            "username": f"staff{number}",
            "password": "a-long-test-password",
            "is_staff": True,
            **fields,
        }
    )
    if role:
        grant(user, role)
    return user


def grant(user: User, role: Role, channel: Channel | None = None, **fields) -> Grant:
    """A role in force, over a channel or everywhere."""
    user.reach = None
    return Grant.objects.create(
        **{
            "person": user,
            "role": role.value,
            "channel": channel,
            "confirmed_at": timezone.now(),
            **fields,
        }
    )


def picture(*, width: int = 360, height: int = 240, **fields) -> Picture:
    """A plain green picture in the library."""
    file = BytesIO()
    Image.new("RGB", (width, height), "#1e5b48").save(file, "PNG")
    number = next(_numbers)
    return Picture.objects.create(
        **{
            "file": ContentFile(file.getvalue(), name=f"picture-{number}.png"),
            "title": f"图片{number}",
            "alt_text": "河边的老街",
            "rights": Rights.OWN,
            **fields,
        }
    )


def replaced_picture(**fields) -> Picture:
    """A picture whose first file is an earlier version now."""
    made = picture(version=2, **fields)
    PictureVersion.objects.create(
        picture=made,
        number=1,
        file=picture().file.name,
        width=360,
        height=240,
        replaced_at=timezone.now(),
    )
    return made


def document(**fields) -> Document:
    """A file for download, of nothing."""
    return Document.objects.create(
        **{
            "file": ContentFile(b"%PDF-1.7", name="a.pdf"),
            "kind": "pdf",
            "bytes": 1_234_567,
            "title": "汛期值班表",
            **fields,
        }
    )


def recording(**fields) -> Recording:
    """A video, of nothing."""
    return Recording.objects.create(
        **{
            "file": ContentFile(b"-", name="a.mp4"),
            "kind": "video",
            "title": "开闸",
            "seconds": 185,
            **fields,
        }
    )


def topic(*, public: bool = False, **fields) -> Topic:
    """A special topic that is being prepared; `public` puts it before readers."""
    number = next(_numbers)
    if public:
        fields.setdefault("visible_from", timezone.now() - datetime.timedelta(days=1))
    return Topic.objects.create(
        **{"title": f"专题{number}", "slug": f"topic-{number}", **fields}
    )


def topic_block(**fields) -> TopicBlock:
    """A list without entries, of a topic that is being prepared unless told which."""
    if "topic" not in fields:
        fields["topic"] = topic()
    return TopicBlock.objects.create(**{"heading": "文章", **fields})


def placement(article: Article, slot: Placement.Slot, **fields) -> Placement:
    """The story in this slot since yesterday, until somebody takes it away."""
    since = timezone.now() - datetime.timedelta(days=1)
    return Placement.objects.create(
        **{"article": article, "slot": slot, "shown_from": since, **fields}
    )
