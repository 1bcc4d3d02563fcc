"""Where a review stands: which signatures it asks for, and which were given, fell or are due.

Reads only; the verbs are in articles.reviews. A round asks for its channels' levels, one
after the other. A signature falls with the first later revision that

- was made at its own level or a lower one (an edit at level k voids level k and those
  after it, an edit by the writers voids all), or
- holds words of the one who signed.

The last level signs the very text that goes to readers: any later revision voids it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.chain import digest
from accounts.models import User
from accounts.rights import can
from accounts.roles import Verb
from articles.models import Article, ReviewRound, Revision, RevisionWriter, SignOff
from articles.snapshots import content_of, fingerprint

LEVEL_NAMES = {1: ["一审"], 2: ["初审", "终审"], 3: ["初审", "复审", "终审"]}
PROOF_NAMES = ["一校", "二校", "三校"]
LEVELS_IN_WORDS = {1: "一审", 2: "两审", 3: "三审"}


@dataclass(frozen=True)
class Slot:
    """A signature that a round asks for, and the one that stands in it, if any."""

    level: int
    kind: SignOff.Kind
    name: str
    sign_off: SignOff | None = None


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, and the later revision that made the signature fall."""

    sign_off: SignOff
    name: str
    voided_by: Revision | None = None

    @property
    def stands(self) -> bool:
        return (
            self.voided_by is None and self.sign_off.verdict != SignOff.Verdict.RETURN
        )


@dataclass(frozen=True)
class ReviewState:
    """Where a round stands for its newest revision, whose writers are `writers`."""

    round: ReviewRound
    revision: Revision
    slots: list[Slot]
    entries: list[Entry]
    writers: frozenset[int]

    @property
    def due(self) -> Slot | None:
        """The next signature to be given; None when all stand."""
        return next((slot for slot in self.slots if slot.sign_off is None), None)

    @property
    def due_slots(self) -> list[Slot]:
        """What is open at the level that is due: the review and the proofreading."""
        due = self.due
        if due is None:
            return []
        return [
            slot
            for slot in self.slots
            if slot.level == due.level and slot.sign_off is None
        ]


@dataclass
class _History:
    """What `states_of` read about its rounds, in three queries."""

    revisions: dict[int, list[Revision]]  # of an article, oldest first
    writers: dict[int, set[int]]  # of a revision
    sign_offs: dict[int, list[SignOff]]  # of a round, oldest first


def level_name(level: int, levels: int) -> str:
    """初审, 复审, 终审, as a round of so many levels calls it."""
    return LEVEL_NAMES[levels][level - 1]


def slot_name(entry: SignOff, levels: int) -> str:
    """What was signed: 初审 or 一校, as a round of so many levels calls it."""
    if entry.kind == SignOff.Kind.PROOFREAD:
        return PROOF_NAMES[entry.level - 1]
    return level_name(entry.level, levels)


def verb_for(current: ReviewRound, level: int) -> Verb:
    """The last of several levels is a chief's; any other an editor's too."""
    is_final = current.levels > 1 and level == current.levels
    return Verb.SIGN_FINAL if is_final else Verb.SIGN


def levels_for(article: Article) -> tuple[int, bool]:
    """How many levels the story needs, and whether each needs proofreading: the most
    that any channel asks for in which it stands or to which it is lent. One query."""
    channels = [*article.further_channels.all()]
    if article.channel:
        channels.append(article.channel)
    return (
        max((channel.review_levels for channel in channels), default=0),
        any(channel.needs_proofreading for channel in channels),
    )


def open_round(article: Article) -> ReviewRound | None:
    """The round under way. One query."""
    return (
        article.review_rounds.filter(closed_at=None)
        .select_related("revision", "article", "submitted_by")
        .first()
    )


def state_of(article: Article) -> ReviewState | None:
    """Where the story's open round stands; None outside a review. Four queries."""
    current = open_round(article)
    return states_of([current])[0] if current else None


def states_of(rounds: Iterable[ReviewRound]) -> list[ReviewState]:
    """Where these rounds stand, or stood when they were closed. Three queries in all."""
    rounds = list(rounds)
    history = _history(rounds)
    return [_state(current, history) for current in rounds]


def unsigned(article: Article, *, by: User | None) -> list[str]:
    """Why the desk copy may not go to readers for want of signatures; empty if it may.

    `by=None` is the operator at the console, who answers for it outside the newsroom;
    the record of acts says so.
    """
    levels, needs_proofreading = levels_for(article)
    if by is None or levels == 0:
        return []
    state = state_of(article)
    if state is None:
        return [f"这个频道要经过{LEVELS_IN_WORDS[levels]}，这篇稿件还没有送审。"]
    if fingerprint(content_of(article)) != state.revision.sha256:
        return ["当前稿和审过的那一版不一样，请收回后重新送审。"]
    if state.round.levels < levels:
        return [f"频道改成要{LEVELS_IN_WORDS[levels]}了，请收回后重新送审。"]
    if needs_proofreading and not state.round.needs_proofreading:
        return ["频道改成要逐级校对了，请收回后重新送审。"]
    missing = [slot.name for slot in state.slots if slot.sign_off is None]
    return [f"还差{'、'.join(missing)}。"] if missing else []


def objection(state: ReviewState, slot: Slot, by: User) -> str:
    """Why this person cannot sign here, as a sentence; empty if they can. No query."""
    if not can(by, verb_for(state.round, slot.level), state.round.article):
        return f"你没有这个频道的{slot.name}权限。"
    if by.pk in state.writers:
        return "这一版里有你写的内容，要由别人来签。"
    other = next(
        (
            entry.sign_off
            for entry in state.entries
            if entry.sign_off.person_id == by.pk
            and entry.sign_off.verdict == SignOff.Verdict.PASS
            and entry.sign_off.level != slot.level
        ),
        None,
    )
    if other:
        name = level_name(other.level, state.round.levels)
        return f"你已经签过{name}，同一个人不能签两级。"
    return ""


def chain_faults(sign_offs: Iterable[SignOff]) -> list[str]:
    """What does not hold about these entries of the ledger, as sentences; empty if all do.

    Each is hashed again, and must join the entry before it and the one after it, whose
    story ever that is. One query.
    """
    sign_offs = list(sign_offs)
    numbers = {entry.number for entry in sign_offs}
    beside = {number + step for number in numbers for step in (-1, 1)}
    links = {
        number: (previous, own)
        for number, previous, own in SignOff.objects.filter(
            number__in=numbers | beside
        ).values_list("number", "previous_sha256", "sha256")
    }
    faults = []
    for entry in sign_offs:
        before = links.get(entry.number - 1, ("", ""))[1]
        after = links.get(entry.number + 1, (entry.sha256, ""))[0]
        if digest(entry.previous_sha256, entry.payload()) != entry.sha256:
            faults.append(f"第 {entry.number} 条的内容被改过。")
        if entry.previous_sha256 != before:
            faults.append(f"第 {entry.number} 条接不上它前面的一条。")
        if after != entry.sha256:
            faults.append(f"第 {entry.number + 1} 条接不上它前面的一条。")
    return faults


def _history(rounds: list[ReviewRound]) -> _History:
    articles = {current.article_id for current in rounds}
    found = _History(defaultdict(list), defaultdict(set), defaultdict(list))
    revisions = {}
    for revision in (
        Revision.objects.filter(article__in=articles)
        .defer("content")
        .select_related("created_by")
        .order_by("number")
    ):
        revisions[revision.pk] = revision
        found.revisions[revision.article_id].append(revision)
    for current in rounds:
        current.revision = revisions[current.revision_id]
    writers = RevisionWriter.objects.filter(revision__article__in=articles)
    for revision_id, person_id in writers.values_list("revision", "person"):
        found.writers[revision_id].add(person_id)
    for entry in (
        SignOff.objects.filter(round__in=rounds)
        .select_related("person")
        .order_by("number")
    ):
        entry.revision = revisions[entry.revision_id]
        found.sign_offs[entry.round_id].append(entry)
    return found


def _state(current: ReviewRound, history: _History) -> ReviewState:
    revisions = [
        revision
        for revision in history.revisions[current.article_id]
        if revision.number >= current.revision.number
        and (current.closed_at is None or revision.created_at <= current.closed_at)
    ] or [current.revision]
    entries = [
        Entry(
            entry,
            slot_name(entry, current.levels),
            _voided_by(entry, current, revisions, history.writers),
        )
        for entry in history.sign_offs[current.pk]
    ]
    slots = [
        Slot(level, kind, name, _standing(entries, level, kind))
        for level in range(1, current.levels + 1)
        for kind, name in _names(current, level)
    ]
    newest = revisions[-1]
    return ReviewState(
        current, newest, slots, entries, frozenset(history.writers[newest.pk])
    )


def _voided_by(
    entry: SignOff,
    current: ReviewRound,
    revisions: list[Revision],
    writers: dict[int, set[int]],
) -> Revision | None:
    """The first later revision that a signature does not cover; the rule of the module."""
    if entry.verdict == SignOff.Verdict.RETURN:
        return None
    return next(
        (
            revision
            for revision in revisions
            if revision.number > entry.revision.number
            and (
                entry.level == current.levels
                or revision.edit_level <= entry.level
                or entry.person_id in writers[revision.pk]
            )
        ),
        None,
    )


def _names(current: ReviewRound, level: int) -> list[tuple[SignOff.Kind, str]]:
    names = [(SignOff.Kind.REVIEW, level_name(level, current.levels))]
    if current.needs_proofreading:
        names.append((SignOff.Kind.PROOFREAD, PROOF_NAMES[level - 1]))
    return names


def _standing(entries: list[Entry], level: int, kind: SignOff.Kind) -> SignOff | None:
    """The newest entry that stands in this slot.

    A waived level needs no proofreading either.
    """
    return next(
        (
            entry.sign_off
            for entry in reversed(entries)
            if entry.stands
            and entry.sign_off.level == level
            and (
                entry.sign_off.kind == kind
                or entry.sign_off.verdict == SignOff.Verdict.WAIVE
            )
        ),
        None,
    )
