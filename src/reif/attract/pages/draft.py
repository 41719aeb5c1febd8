"""Write on the draft of a page: every save is a revision, two writers are merged where they touched different blocks.

Says nothing: a draft is nobody's business until it is published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max

from reif.attract.models import LandingPage, PageArm, PageRevision
from reif.attract.pages.sheet import Sheet, sheet, sheet_of
from reif.kit.clock import now
from reif.log.append import writing

ONE_STEP = timedelta(seconds=45)
"""Typing on in one field within this time is one step to undo."""
Kind = PageRevision.Kind


@dataclass(frozen=True)
class Change:
    """What to do to a sheet. block: the one it needs unchanged; empty when it fits on whatever is there."""

    kind: str
    make: Callable[[Sheet], Sheet]
    block: str = ""
    field: str = ""


@dataclass(frozen=True)
class Kept:
    """What became of a change. head: the draft now. aside: where the writing was kept when somebody else was faster."""

    head: PageRevision
    aside: PageRevision | None = None
    merged: bool = False


def head_of(page: LandingPage, arm: str = "a") -> PageRevision:
    """The draft of a page or of a variant; a page that nobody has edited yet gets its first revision by this."""
    if arm == "a":
        if page.draft is None:
            first = _put(page, "a", None, sheet_of(page), Kind.FILE if page.file else Kind.MADE, by=None)
            LandingPage.objects.filter(pk=page.pk).update(draft=first, live=first if page.published_at else None)
            page.draft = first
            page.live = first if page.published_at else None
        return page.draft
    found = PageArm.objects.select_related("draft").get(page=page, key=arm).draft
    assert found is not None
    return found


def change(page: LandingPage, arm: str, base: int, what: Change, by: int | None) -> Kept:
    """Do it to the draft that the writer has seen (`base`), or to the newer one when that leaves nothing out.

    Where somebody else has changed the same block meanwhile, the draft stays and the writing becomes a revision aside.
    """
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).select_related("draft").get(pk=page.pk)
        head = head_of(page, arm)
        if head.pk != base and not _fits(page, base, head, what):
            seen = PageRevision.objects.get(page=page, arm=arm, pk=base)
            mine = what.make(sheet(seen.sheet))
            return Kept(head, aside=_put(page, arm, seen, mine, Kind.ASIDE, by, what.block, what.field))
        said = sheet(head.sheet)
        made = what.make(said)
        if made == said:
            return Kept(head, merged=head.pk != base)
        if _goes_on(page, head, what, by):
            head.sheet, head.at = made.plain(), now()
            head.save(update_fields=["sheet", "at"])
            return Kept(head)
        new = _put(page, arm, head, made, what.kind, by, what.block, what.field)
        point(page, arm, new)
        return Kept(new, merged=head.pk != base)


def step(page: LandingPage, arm: str, base: int, *, back: bool) -> PageRevision | None:
    """One step back, or forward again; None when there is none, or the draft is no longer the one that was seen."""
    with writing():
        page = LandingPage.objects.select_for_update(of=("self",)).select_related("draft").get(pk=page.pk)
        head = head_of(page, arm)
        goal = before(head) if back else after(head)
        if goal is None or head.pk != base:
            return None
        point(page, arm, goal)
        return goal


def before(head: PageRevision) -> PageRevision | None:
    return head.parent if head.parent and head.parent.arm == head.arm else None


def after(head: PageRevision) -> PageRevision | None:
    return head.children.filter(arm=head.arm).exclude(kind=Kind.ASIDE).order_by("-number").first()


def point(page: LandingPage, arm: str, revision: PageRevision) -> None:
    """Make a revision the draft."""
    if arm == "a":
        LandingPage.objects.filter(pk=page.pk).update(draft=revision)
        page.draft = revision
    else:
        PageArm.objects.filter(page=page, key=arm).update(draft=revision)


def _fits(page: LandingPage, base: int, head: PageRevision, what: Change) -> bool:
    seen = PageRevision.objects.filter(page=page, arm=head.arm, pk=base).first()
    if seen is None:
        raise PageRevision.DoesNotExist
    if not what.block:
        return what.kind != Kind.META or _about(seen) == _about(head)
    was, is_ = sheet(seen.sheet).block(what.block), sheet(head.sheet).block(what.block)
    return was == is_


def _about(revision: PageRevision) -> dict[str, object]:
    return {key: value for key, value in revision.sheet.items() if key != "blocks"}


def _goes_on(page: LandingPage, head: PageRevision, what: Change, by: int | None) -> bool:
    """The same person goes on in the same field, and nothing hangs on the state in between."""
    same = (head.kind, head.block, head.field, head.by_id) == (what.kind, what.block, what.field, by)
    kept = head.pk in (page.live_id, page.due_id)
    return bool(same and what.field and not kept and now() - head.at < ONE_STEP and not head.children.exists())


def _put(
    page: LandingPage, arm: str, parent: PageRevision | None, said: Sheet, kind: str, by: int | None,
    block: str = "", field: str = "",
) -> PageRevision:  # fmt: skip
    last = PageRevision.objects.filter(page=page).aggregate(n=Max("number"))["n"] or 0
    return PageRevision.objects.create(
        page=page, arm=arm, number=last + 1, parent=parent, sheet=said.plain(), kind=kind, block=block,
        field=field[:60], by_id=by, at=now(),
    )  # fmt: skip


def put(
    page: LandingPage, arm: str, parent: PageRevision | None, said: Sheet, kind: str, by: int | None
) -> PageRevision:
    """A revision that is no change of one block: from a file, a template, a variant."""
    return _put(page, arm, parent, said, kind, by)
