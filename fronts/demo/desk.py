"""A working day on the sample desk: stories of the sample staff at every stage of review.

Needs the sample accounts. Loaded once; what has been done to the stories since stays.
"""

import datetime

from django.db import transaction

from accounts.models import User
from articles import reviews
from articles.models import Article
from articles.writing import record_save
from channels.models import Channel
from fronts.demo.loading import StoryLoader
from fronts.demo.stories import Story, read_desk_stories

WRITER, FIRST, SECOND, CHIEF = "lin", "zhou", "shen", "qin"


def load_desk(now: datetime.datetime) -> int:
    """Load what is missing and return how many stories were added. Without the sample
    accounts or channels nothing is loaded."""
    stories = read_desk_stories()
    keys = [story.import_key for story in stories]
    present = set(
        Article.objects.filter(import_key__in=keys).values_list("import_key", flat=True)
    )
    people = {
        user.username: user
        for user in User.objects.filter(username__in=[WRITER, FIRST, SECOND, CHIEF])
    }
    channels = {channel.slug: channel for channel in Channel.objects.all()}
    if (
        present
        or len(people) < 4
        or any(story["channel"] not in channels for story in stories)
    ):
        return 0
    for story in stories:
        with transaction.atomic():
            _work(story, channels, people, now)
    return len(stories)


def _work(
    story: Story,
    channels: dict[str, Channel],
    people: dict[str, User],
    now: datetime.datetime,
) -> None:
    """Write the story as its reporter and take it as far as its file says."""
    article = StoryLoader(story, channels, now).desk_copy()
    article.created_by = people[WRITER]
    article.save(update_fields=["created_by"])
    record_save(article, by=people[WRITER], now=now)
    stage = story["desk"]
    if stage == "writing":
        return
    reviews.submit(article, by=people[WRITER], now=now)
    if stage == "returned":
        reviews.return_to_writer(
            article,
            by=people[FIRST],
            sha256=_sha256(article),
            note=story["reason"],
            now=now,
        )
    if stage in {"signed", "approved"}:
        reviews.sign(article, by=people[FIRST], sha256=_sha256(article), now=now)
    if stage == "approved":
        levels = channels[story["channel"]].review_levels
        signers = [people[SECOND], people[CHIEF]][3 - levels :]
        for signer in signers:
            reviews.sign(article, by=signer, sha256=_sha256(article), now=now)


def _sha256(article: Article) -> str:
    return article.revisions.order_by("-number")[0].sha256
