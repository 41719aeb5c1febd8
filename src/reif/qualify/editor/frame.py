"""The frame of a model as a form: its names, its grades, and the company's score."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext as _

from reif.kit.fold import fold
from reif.qualify.editor.drafts import with_model
from reif.qualify.ways import Grades, Model, RollUp, Scoring


class BadFrame(ValueError):
    """The sentence says what to change."""


def with_frame(scoring: Scoring, key: str, sent: QueryDict) -> tuple[Scoring, str]:
    """The scoring with this model's frame as sent, and the model's key. Raises BadFrame."""
    words = {lang: text for lang in ("de", "en") if (text := sent.get(f"words_{lang}", "").strip()[:120])}
    if key == "new":
        key = re.sub(r"[^a-z0-9]+", "-", fold(next(iter(words.values()), ""))).strip("-")[:48]
        if not key or scoring.model(key) is not None:
            raise BadFrame(_("A new model needs a name that no other has."))
    model = scoring.model(key) or Model(key=key)
    changed: dict[str, Any] = {"words": words or model.words}
    if sent.get("frame"):
        changed |= {"grades": _grades(sent) if sent.get("graded") else None, "company": _company(sent)}
    return with_model(scoring, key, msgspec.structs.replace(model, **changed)), key


def _grades(sent: QueryDict) -> Grades:
    return Grades(_steps(sent, "fit"), _steps(sent, "engagement"), _number(sent.get("margin") or "0"))


def _steps(sent: QueryDict, axis: str) -> tuple[int, ...]:
    return tuple(_number(text) for text in sent.getlist(axis))


def _company(sent: QueryDict) -> RollUp | None:
    take = sent.get("take", "")
    if take not in ("sum", "max", "average"):
        return None
    return msgspec.convert({"take": take, "of": _number(sent.get("of") or "3")}, RollUp)


def _number(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,6}", text.strip()):
        raise BadFrame(_("A whole number is needed here, not “%(text)s”.") % {"text": text})
    return int(text)
