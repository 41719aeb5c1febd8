"""The company that stands behind a job title, taken off: `CEO bei Alpenhof AG`, `Head of HR @ X`, `CFO, Muster GmbH`."""

from __future__ import annotations

import re

_FORM = r"(?:ag|gmbh|mbh|kg|kgaa|ohg|ug|gbr|se|sa|sàrl|sarl|srl|spa|ltd|limited|inc|llc|llp|plc|corp|bv|nv|e\.?\s?v|e\.?\s?g)"
_LEGAL = re.compile(rf"(?<![\w&]){_FORM}\.?(?:\s?&\s?co\.?(?:\s?(?:kg|kgaa|ohg))?)?\s*$", re.I)
_WITH = re.compile(r"\s*@\s?|\s+(?:at|bei|beim|c/o)\s+(?!large\b)", re.I)
_PARTS = re.compile(r"\s*[,;|•·]\s*|\s+[-–—]\s+|\s*[()\[\]]\s*|\s+/\s+")
_TOP = re.compile(
    r"(?i)\b(?:ceo|md|gf|inh\w*|\w*inhaber\w*|owner|founder|gründer\w*|geschäftsführ\w*|geschaeftsfuehr\w*|geschäftsleit\w*|managing director)\b"
)
_SAID = 2  # words of a title that ends with the name of the company itself: the one on top, and one more


def parts_of(title: str) -> list[str]:
    """What is said beside each other in a title, without the parts that name the company.

    `Leiter Finanzen, Prokurist | Muster AG` is `Leiter Finanzen` and `Prokurist`. The first part always stays.
    """
    first, *more = [part for part in _PARTS.split(title) if part.strip()] or [title]
    return [_own(first), *(_own(part) for part in more if not _LEGAL.search(part))]


def _own(part: str) -> str:
    before, *after = _WITH.split(part, maxsplit=1)
    if after and before.strip():
        return before
    if _LEGAL.search(part) and _TOP.search(part):
        return " ".join(part.split()[:_SAID])
    return _LEGAL.sub("", part)
