"""The title as printed, found with the help of what the page says about itself."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block
from articles.importing.bylines import is_byline
from articles.importing.credits import has_label, looks_like_outlet, split_byline
from articles.importing.dates import has_date
from articles.importing.debris import is_noise

_BEFORE = 60  # blocks before the body in which a title may stand
_HEADING_TAGS = {"h1": 3.0, "h2": 2.0, "h3": 1.5, "h4": 1.0}
_TITLE_NAME = re.compile(r"tit|headline|h1|subject|biaoti|bt\b|topic|ltle")
_SEPARATOR = re.compile(r"\s*(?:_+|\||｜|--+|—|–|>|-|«|»|<|·|\s·\s)\s*")
_SITE_WORD = re.compile(
    r"网$|網$|网站|新闻|新聞|频道|頻道|报$|報$|日报|晚报|门户|首页|首頁|中心$|政府|在线|资讯|客户端|要闻|公报|[A-Za-z]+\.(?:com|cn|net|org)|网易|新浪|搜狐|腾讯|凤凰"
    r"|人民|澎湃|社$|台$|杂志|周刊|BBC|中文|频道|滚动|国内|国际|社会|财经|时政|科技|教育|文化"
)
_QUOTES = re.compile(r"[\s\"'“”‘’「」『』《》]+")
_LONGEST = 80


@dataclass(frozen=True)
class Heading:
    """The title, its blocks (none if the page prints none) and the line under it."""

    title: str
    lines: range
    subtitle: str = ""


def folded(text: str) -> str:
    """For comparison: without spaces, quotation marks and differences of width."""
    return _QUOTES.sub("", unicodedata.normalize("NFKC", text)).lower()


def find_title(blocks: Sequence[Block], body: int, claims: Sequence[str]) -> Heading:
    """The printed line that best fits the page's claims (<title>, og:title, …).

    `body` is the number of the first block of the body's element; the title may stand
    inside it. `claims` come with site names at their ends.
    """
    claims = [claim.strip() for claim in claims if claim and claim.strip()]
    first, last = max(0, body - _BEFORE), min(len(blocks), body + 8)
    scores = {
        index: _score(blocks, index, body, claims)
        for index in range(first, last)
        if _may_be_title(blocks[index])
    }
    best = max(scores, key=lambda index: scores[index], default=None)
    if best is None or scores[best] < 2.5:
        return Heading(claimed_title(claims), range(0))
    title, end = _joined(blocks, best, claims)
    return Heading(title, range(best, end), _subtitle(blocks, end, title))


def claimed_title(claims: Sequence[str]) -> str:
    """The title out of <title> alone: the names of site and channel cut off its end."""
    for claim in claims:
        parts = _SEPARATOR.split(claim)
        separators = _SEPARATOR.findall(claim)
        while len(parts) > 1 and (_SITE_WORD.search(parts[-1]) or not parts[-1]):
            parts.pop()
        text = parts[0] + "".join(
            separator + part
            for separator, part in zip(separators, parts[1:], strict=False)
        )
        if 4 <= len(text) <= _LONGEST * 2 and not _is_site_name(text):
            return text.strip()
    return ""


def _is_site_name(text: str) -> bool:
    return len(text) <= 12 and bool(_SITE_WORD.search(text)) and " " not in text


def _may_be_title(block: Block) -> bool:
    text = block.text
    if not 2 <= len(text) <= _LONGEST or is_noise(block) or has_date(text):
        return False
    return not has_label(text) and "。" not in text and ">" not in text


def _score(
    blocks: Sequence[Block], index: int, body: int, claims: Sequence[str]
) -> float:
    block = blocks[index]
    score = _fit(block.text, claims) * 6
    score += _HEADING_TAGS.get(block.tag, 0.0)
    score += 1.5 * bool(_TITLE_NAME.search(block.names))
    score += 1.5 * _is_followed_by_dateline(blocks, index)
    score -= 3.0 * (block.linked > 0.8)
    score -= 2.0 * (len(block.text) < 5)
    return score - abs(body - index) * 0.04


def _fit(text: str, claims: Sequence[str]) -> float:
    """How much of a claim the line covers, from its beginning; 0 to 1."""
    line = folded(text)
    best = 0.0
    for claim in claims:
        whole = folded(claim)
        core = folded(claimed_title([claim])) or whole
        if not line or line not in whole:
            continue
        share = min(1.0, len(line) / len(core))
        best = max(best, share if whole.startswith(line) else share * 0.6)
    return best if len(line) > 3 else best * 0.5


def _is_followed_by_dateline(blocks: Sequence[Block], index: int) -> bool:
    following = blocks[index + 1 : index + 5]
    return any(len(block.text) < 80 and has_date(block.text) for block in following)


def _joined(
    blocks: Sequence[Block], index: int, claims: Sequence[str]
) -> tuple[str, int]:
    """A title broken over several lines is put together again if a claim confirms it."""
    text, end = blocks[index].text, index + 1
    wholes = [folded(claim) for claim in claims]
    for block in blocks[index + 1 : index + 3]:
        longer = folded(text + block.text)
        if len(block.text) < 4 or not any(whole.startswith(longer) for whole in wholes):
            break
        text, end = text + block.text, end + 1
    return text, end


def _subtitle(blocks: Sequence[Block], start: int, title: str) -> str:
    """A single line of words between the title and the dateline."""
    lines: list[str] = []
    for block in blocks[start : start + 4]:
        if has_date(block.text) or has_label(block.text):
            return lines[0] if len(lines) == 1 and _is_subtitle(lines[0], title) else ""
        if block.linked > 0.5 or is_noise(block):
            return ""
        lines.append(block.text)
    return ""


def _is_subtitle(line: str, title: str) -> bool:
    if not 6 <= len(line) <= 60 or line.endswith("。") or folded(line) == folded(title):
        return False
    return not (is_byline(line) or looks_like_outlet(line) or any(split_byline(line)))
