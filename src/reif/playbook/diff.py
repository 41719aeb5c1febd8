"""What differs between two contents, entry by entry, in words of the active language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reif.playbook.labels import label
from reif.playbook.section import sections
from reif.rules import happenings
from reif.rules.decode import BadPredicate, decode
from reif.rules.happenings import HAPPENINGS
from reif.rules.words import say

Sort = Literal["added", "removed", "changed", "moved"]
_NAMES = ("key", "id", "slug", "name")
LONGEST = 160
_CONDITION = ("all", "any", "not", "field", "did")


@dataclass(frozen=True)
class Change:
    """One difference. `way`: the keys to it ("rule price_page", "points"); `names`: what those are called that have words.
    was, becomes: as in the files, or None."""

    section: str
    way: tuple[str, ...]
    sort: Sort
    was: Any = None
    becomes: Any = None
    names: tuple[dict[str, str], ...] = field(default=(), compare=False)

    @property
    def sentence(self) -> str:
        """With keys as in the file: `rule price_page · points: 10 → 15`."""
        return self._told(" · ".join(self.way), shown(self.was), shown(self.becomes))

    @property
    def words(self) -> str:
        """With keys and names as people read them: `Rule “Looked at the prices” · Points: 10 → 15`."""
        nameless: list[dict[str, str]] = [{}] * len(self.way)
        where = " · ".join(map(_called, self.way, [*self.names, *nameless]))
        return self._told(where, shown(self.was, read=True), shown(self.becomes, read=True))

    @property
    def title(self) -> str:
        """The section's name on pages."""
        return str(sections()[self.section].title or self.section)

    def _told(self, where: str, old: str, new: str) -> str:
        match self.sort:
            case "added":
                return _("%(where)s is new: %(new)s") % {"where": where, "new": new}
            case "removed":
                return _("%(where)s is gone: %(old)s") % {"where": where, "old": old}
            case "moved":
                return _("%(where)s: another order: %(new)s") % {"where": where, "new": new}
        return f"{where}: {old} → {new}"


def diff(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Changes from one content (`Revision.said`, `Draft.plain()`) to another, section by section."""
    names = [name for name in sections() if name in old or name in new]
    found = [change for name in names for change in _tables(name, (), old.get(name, {}), new.get(name, {}))]
    return [replace(change, names=tuple(_names(change.way, old, new, change.section))) for change in found]


def _called(step: str, words: dict[str, str]) -> str:
    key, _blank, entry = step.partition(" ")
    name = words.get((get_language() or "en")[:2]) or next(iter(words.values()), "")
    return f"{label(key)} {_('“%(name)s”') % {'name': name}}" if name else f"{label(key)} {entry}".strip()


def _names(way: tuple[str, ...], old: Any, new: Any, section: str) -> Iterator[dict[str, str]]:
    """The words of each entry on the way, as they become or were."""
    old, new = old.get(section), new.get(section)
    for step in way:
        key, _blank, entry = step.partition(" ")
        old, new = _entry(old, key, entry), _entry(new, key, entry)
        words = (one.get("words") for one in (new, old) if isinstance(one, dict))
        yield next((found for found in words if isinstance(found, dict)), {})


def _entry(value: Any, key: str, entry: str) -> Any:
    inner = value.get(key) if isinstance(value, dict) else None
    if isinstance(inner, list):
        return next((one for one in inner if isinstance(one, dict) and name_of(one) == entry), None)
    return inner


def _tables(section: str, way: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key in list(dict.fromkeys([*old, *new])):
        yield from _values(section, (*way, key), old.get(key), new.get(key))


def _values(section: str, way: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
    if old == new:
        return
    if _is_keyed(old) and _is_keyed(new) and (old or new):
        yield from _entries(section, way, _by_key(old), _by_key(new))
    elif _is_table(old) and _is_table(new):
        yield from _tables(section, way, old, new)
    elif old is None:
        yield Change(section, way, "added", becomes=new)
    elif new is None:
        yield Change(section, way, "removed", was=old)
    else:
        yield Change(section, way, "changed", old, new)


def _entries(section: str, way: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]) -> Iterator[Change]:
    for key in dict.fromkeys([*old, *new]):
        yield from _values(section, (*way[:-1], f"{way[-1]} {key}".strip()), old.get(key), new.get(key))
    before, after = [k for k in old if k in new], [k for k in new if k in old]
    if before != after:
        yield Change(section, way, "moved", before, after)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and not is_condition(value)


def is_condition(value: Any) -> bool:
    """Whether a table is a condition of the rules."""
    return isinstance(value, dict) and any(key in value for key in _CONDITION)


def _is_keyed(value: Any) -> bool:
    """A list of tables that have a name of their own, or none at all. One may have none: a name that nobody wrote."""
    if value is None:
        return True
    if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
        return False
    return len({name_of(v) for v in value}) == len(value)


def _by_key(values: Any) -> dict[str, Any]:
    return {name_of(value): value for value in values or []}


def name_of(value: dict[str, Any]) -> str:
    """What an entry of a list is called, or nothing."""
    return next((str(value[n]) for n in _NAMES if n in value), "")


def shown(value: Any, read: bool = False) -> str:
    """A value in words: conditions as sentences, the rest as it stands in the file; cut when it is long.

    read: keys as people read them, and of words in several languages only the reader's. Nothing for None.
    """
    text = "" if value is None else " ".join(_shown(value, read).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _shown(value: Any, read: bool) -> str:
    if is_condition(value):
        try:
            return say(decode(value), get_language() or "en")
        except BadPredicate:
            pass
    if isinstance(value, dict):
        if read and value and value.keys() <= {"de", "en"}:
            return str(value.get((get_language() or "en")[:2]) or next(iter(value.values())))
        entries = ((key, inner) for key, inner in value.items() if key not in _NAMES)
        return ", ".join(f"{label(key) if read else key}: {_shown(inner, read)}" for key, inner in entries) or "–"
    if isinstance(value, list):
        return ", ".join(_shown(inner, read) for inner in value) or "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return happenings.label(value, get_language() or "en") if read and value in HAPPENINGS else str(value)
