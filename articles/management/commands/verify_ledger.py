"""Check that nobody changed what was signed, or the record of what was done.

Walks both chains from their first entry, hashes every signed revision anew, and holds
the two ledgers against each other. Memory does not grow with the number of entries, and
nobody has to wait: what is written meanwhile is left for the next time.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.db.models import Exists, OuterRef, QuerySet

from accounts.chain import Link, first_break
from accounts.models import Act, AuditEntry
from articles.models import Revision, SignOff
from articles.snapshots import fingerprint

CHUNK = 2000
IN_LEDGER = [Act.SIGN, Act.PROOFREAD, Act.RETURN, Act.WAIVE]
# What reading a manipulated row may raise.
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError, DatabaseError)


class Command(BaseCommand):
    help = "核对审稿记录和操作记录：有没有被改过、抽走或插入。有问题时退出码为 1。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            action="append",
            default=[],
            metavar="编号:指纹",
            help="以前抄下的一条操作记录；可以写几次。用来发现整段末尾被删掉。",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # In this order: whatever was signed up to `signed` is in the acts up to `acts`.
        signed, acts = _last(SignOff), _last(AuditEntry)
        faults = [
            *_chain_faults("操作记录", _entries(acts)),
            *_chain_faults("审稿记录", _sign_offs(signed)),
            *_revision_faults(),
            *_missing(_sign_offs(signed), _acts_in_ledger(acts), signed),
            *_anchor_faults(options["anchor"]),
        ]
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"核对没有通过：{len(faults)} 处不对。")
        self.stdout.write(f"核对通过：操作记录 {acts} 条，审稿记录 {signed} 条。")
        last = AuditEntry.objects.filter(number=acts).first()
        if last:
            self.stdout.write(f"请抄下最后一条操作记录：{last.number}:{last.sha256}")


def _last(model: type[AuditEntry] | type[SignOff]) -> int:
    last = model.objects.order_by("-number").values_list("number", flat=True).first()
    return last or 0


def _entries(last: int) -> Iterator[AuditEntry]:
    entries = AuditEntry.objects.filter(number__lte=last).order_by("number")
    return entries.iterator(chunk_size=CHUNK)


def _sign_offs(last: int) -> Iterator[SignOff]:
    return (
        SignOff.objects.filter(number__lte=last)
        .order_by("number")
        .select_related("revision")
        .defer("revision__content")
        .iterator(chunk_size=CHUNK)
    )


def _acts_in_ledger(last: int) -> QuerySet[AuditEntry]:
    acts = AuditEntry.objects.filter(number__lte=last, act__in=IN_LEDGER)
    return acts.order_by("number")


def _chain_faults(name: str, links: Iterable[Link]) -> Iterator[str]:
    """The first place at which a chain does not hold, as a sentence."""
    seen = 0

    def counted() -> Iterator[Link]:
        nonlocal seen
        for link in links:
            seen += 1
            yield link

    try:
        broken = first_break(counted())
    except UNREADABLE:
        yield f"{name}：第 {seen or 1} 条附近读不出来，内容被改坏了。"
        return
    if broken:
        yield f"{name}：{broken.sentence}"


def _revision_faults() -> Iterator[str]:
    """Signed revisions whose content no longer has the fingerprint that was signed."""
    signed = Revision.objects.filter(
        Exists(SignOff.objects.filter(revision=OuterRef("pk")))
    ).order_by("pk")
    seen = 0
    try:
        for revision in signed.iterator(chunk_size=100):
            seen = revision.pk
            if fingerprint(revision.content) != revision.sha256:
                yield (
                    f"稿件 {revision.article_id} {revision}：审签过的内容被改过，"
                    "和签的时候不一样。"
                )
    except UNREADABLE:
        yield f"定稿：编号 {seen} 之后有一版读不出来，内容被改坏了。"


def _missing(
    sign_offs: Iterator[SignOff], acts: QuerySet[AuditEntry], last: int
) -> Iterator[str]:
    """Entries that only one of the two ledgers has. Both are read once, side by side."""
    try:
        yield from _unpaired(
            ((entry.number, entry.sha256, entry.number) for entry in sign_offs),
            (
                (entry.after["ledger"], entry.after["sha256"], entry.number)
                for entry in acts.iterator(chunk_size=CHUNK)
                if entry.after["ledger"] <= last
                or not SignOff.objects.filter(number=entry.after["ledger"]).exists()
            ),
        )
    except UNREADABLE:
        yield "两种记录对不上：有的条目读不出来。"


def _unpaired(
    ledger: Iterator[tuple[int, str, int]], acts: Iterator[tuple[int, str, int]]
) -> Iterator[str]:
    """Compare two streams of (number in the ledger, fingerprint, own number)."""
    signed, act = next(ledger, None), next(acts, None)
    while signed or act:
        if act is None or (signed and signed[0] < act[0]):
            yield f"审稿记录第 {signed[0]} 条在操作记录里没有。"
            signed = next(ledger, None)
        elif signed is None or act[0] < signed[0]:
            yield f"操作记录第 {act[2]} 条说的审稿记录第 {act[0]} 条不见了。"
            act = next(acts, None)
        else:
            if signed[1] != act[1]:
                yield f"审稿记录第 {signed[0]} 条和操作记录第 {act[2]} 条的指纹不同。"
            signed, act = next(ledger, None), next(acts, None)


def _anchor_faults(anchors: list[str]) -> Iterator[str]:
    for anchor in anchors:
        number, _, sha256 = anchor.partition(":")
        if not number.isdecimal():
            raise CommandError(f"看不懂“{anchor}”，请照“编号:指纹”的样子写。")
        entry = AuditEntry.objects.filter(number=int(number)).first()
        if entry is None or entry.sha256 != sha256:
            yield f"操作记录第 {number} 条和抄下的指纹不符，或者已经不见了。"
