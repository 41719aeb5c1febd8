"""The form of one rule, profile rule, exclusion or group: from what a page sent to a part, and what to show of a part."""

from __future__ import annotations

import re
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from msgspec.structs import replace

from reif.kit.fold import fold
from reif.playbook.plain import plain
from reif.playbook.shape import Misfit, build, misfits
from reif.qualify.segments.rows import again, blank, row_names, row_of
from reif.qualify.ways import Exclude, Fit, Group, Rule
from reif.rules.decode import BadPredicate, encode
from reif.rules.form import NotFlat, rows
from reif.rules.parse import parse, wrong
from reif.rules.predicates import EVERYBODY, Predicate

SHAPES: dict[str, type[Any]] = {"rule": Rule, "fit": Fit, "exclude": Exclude, "group": Group}
NUMBERS = ("points", "times", "per_day", "expires", "cap")
TEXTS = ("axis", "per", "group")
TYPED = ("words_de", "words_en", "topic", "fading", "fading_days", *NUMBERS, *TEXTS)
"""Fields of the form that hold one text each, besides the condition."""
LABELS = {
    "points": _l("Points"), "times": _l("At most (times)"), "per_day": _l("At most a day"), "expires": _l("End after days"),
    "cap": _l("At most so many points"), "decay": _l("In days"), "fading_days": _l("In days"),
}  # fmt: skip
"""What the form calls the fields in which a number is typed."""
WANTED: dict[str, tuple[str, ...]] = {"rule": ("points",), "fit": ("points",), "exclude": (), "group": ("cap",)}
"""Numbers without which there is no part."""
FADINGS = ("half_life", "linear")
FIRST, NAMELESS = "g0.r0", "…"


class BadPart(ValueError):
    """The sentence says what to change in the form."""


def part_of(sent: QueryDict, sort: str, key: str, before: Any) -> Any:
    """The part that a form says; raises BadPart. before: the part so far, for what the form cannot show."""
    words = {lang: text for lang in ("de", "en") if (text := sent.get(f"words_{lang}", "").strip()[:120])}
    if not words:
        raise BadPart(_("Give it a name in German or English."))
    said: dict[str, Any] = {"key": key or _key(next(iter(words.values()))), "words": words}
    for name in WANTED[sort] + (("fading_days",) if sent.get("fading") in FADINGS else ()):
        if not sent.get(name, "").strip():
            raise BadPart(_("%(field)s: type a number.") % {"field": LABELS[name]})
    said |= {name: _number(text) for name in NUMBERS if (text := sent.get(name, "").strip())}
    said |= {name: sent[name] for name in TEXTS if sent.get(name)}
    if sort == "rule":
        if not sent.getlist("on"):
            raise BadPart(_("Tick what somebody has to have done."))
        said["on"] = sent.getlist("on")
        said["topic"] = [line for line in map(str.strip, sent.get("topic", "").split("\n")) if line]
        if sent.get("fading") in FADINGS:
            said["decay"] = {sent["fading"]: _number(sent.get("fading_days", ""))}
    if sort != "group" and (when := _when(sent, before)) is not None:
        said["when"] = when
    known = {name: value for name, value in said.items() if name in SHAPES[sort].__struct_fields__ or name == "on"}
    if found := misfits(known, SHAPES[sort]):
        raise BadPart(_refusal(found[0]))
    return as_before(build(known, SHAPES[sort]), before)


def as_before(part: Any, before: Any) -> Any:
    """What means the same stays written as it was, so that a difference shows only what somebody has changed."""
    if not (isinstance(part, Rule) and isinstance(before, Rule)):
        return part
    kept: dict[str, Any] = {}
    if set(part.kinds) == set(before.kinds):
        kept["on"] = before.on
    if part.topics == before.topics or not any((*part.topics, *before.topics)):
        kept["topic"] = before.topic
    if before.once and part.times == 1:
        kept |= {"once": True, "times": None}
    return replace(part, **kept)


def unfinished(sent: QueryDict) -> QueryDict:
    """What was typed so far, for a look at it: a part without a name gets one."""
    so_far = sent.copy()
    if not any(sent.get(f"words_{lang}", "").strip() for lang in ("de", "en")):
        so_far["words_en"] = NAMELESS
    return so_far


def shown(part: Any) -> dict[str, Any]:
    """What the form shows: texts of its fields, the rows of the condition, or the condition in words when it has no form."""
    when: Predicate | None = getattr(part, "when", None)
    try:
        form = rows(when) if when is not None else None
        flat = form is None or len(form.groups) == 1
    except NotFlat:
        form, flat = None, False
    group = form.groups[0] if form is not None and flat else None
    return {
        "typed": _typed(part), "flat": flat,
        "rows": [row_of(r) for r in group.rows] if group else [blank(FIRST)],
        "match": group.match if group else "all",
    }  # fmt: skip


def sent_again(sent: QueryDict) -> dict[str, Any]:
    """What was typed into a form that was refused, over what `shown` says."""
    typed: dict[str, Any] = {name: sent.get(name, "") for name in TYPED} | {"kinds": sent.getlist("on")}
    rows_sent = [again(sent, name) for name in row_names(sent)]
    return {"typed": typed, "match": sent.get("g0.match", "all")} | ({"rows": rows_sent} if rows_sent else {})


def _refusal(misfit: Misfit) -> str:
    """What is wrong and what to do, after the words of the field in the form."""
    about = next((LABELS[name] for name in map(str, misfit.path) if name in LABELS), "")
    return f"{about}: {misfit.sentence} {misfit.remedy}".removeprefix(": ").strip()


def _typed(part: Any) -> dict[str, Any]:
    """The texts of the fields, as somebody would type them."""
    said = plain(part) if part is not None else {}
    typed: dict[str, Any] = {name: str(said.get(name, "")) for name in (*NUMBERS, *TEXTS)}
    typed |= {f"words_{lang}": said.get("words", {}).get(lang, "") for lang in ("de", "en")}
    if isinstance(part, Rule):
        fading, days = next(iter(said.get("decay", {}).items()), ("", ""))
        typed |= {"fading": fading, "fading_days": days, "kinds": list(part.kinds)}
        typed["topic"] = "\n".join(topic for topic in part.topics if topic)
        typed["times"] = "1" if part.once else typed["times"]
    return typed


def _when(sent: QueryDict, before: Any) -> Any:
    if sent.get("keep_when"):
        return encode(before.when) if before is not None and before.when is not None else None
    try:
        when = parse(sent)
    except BadPredicate as bad:
        raise BadPart(wrong(sent, bad)) from None
    return None if when == EVERYBODY else encode(when)


def _number(text: str) -> int | str:
    plain_text = text.strip().replace("−", "-").replace("’", "")
    return int(plain_text) if re.fullmatch(r"[+-]?\d{1,9}", plain_text) else text


def _key(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:48] or "rule"
