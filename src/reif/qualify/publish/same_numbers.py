"""Whether two scorings give the same points: what decides about points is compared, and names are not."""

from __future__ import annotations

from typing import Any

import msgspec

from reif.qualify.ways import Scoring


def same_numbers(one: Scoring, other: Scoring) -> bool:
    """Nothing has to be reckoned when one takes the place of the other."""
    return bool(_without_words(msgspec.to_builtins(one)) == _without_words(msgspec.to_builtins(other)))


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _without_words(inner) for key, inner in part.items() if key != "words"}
    return [_without_words(inner) for inner in part] if isinstance(part, list | tuple) else part
