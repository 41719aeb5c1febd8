"""What the numbers of a test allow to say, in plain words, and nothing beyond.

No p-value that is looked at every day: after Bayes, the chance that a variant is the best and what taking it costs on
average. Nothing is claimed before each variant has had its visitors and the test its days.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reif.attract.models import ArmDay, PageTest
from reif.attract.pages.odds import Odds, odds, unlikely
from reif.attract.pages.rule import Rule, rule_of
from reif.kit.clock import now

State = Literal["early", "open", "same", "won"]
UNLIKELY = 0.001
"""A split that chance makes less often than this has a cause that has to be found first."""


@dataclass(frozen=True)
class Arm:
    """One variant and its numbers."""

    key: str
    name: str
    weight: int
    visitors: int
    conversions: int
    odds: Odds

    @property
    def counted(self) -> tuple[int, int]:
        return self.visitors, self.conversions


@dataclass(frozen=True)
class Verdict:
    """state: early (too few to say), open (nobody has won), same (it hardly matters), won. uneven: the chance of such
    a split, when it is too small to be one."""

    arms: list[Arm]
    rule: Rule
    state: State
    days: float
    uneven: float | None

    @cached_property
    def ranked(self) -> list[Arm]:
        return sorted(self.arms, key=lambda arm: -arm.odds.best)

    @property
    def leader(self) -> str:
        return self.ranked[0].key

    @property
    def sure(self) -> float:
        return self.ranked[0].odds.best

    @property
    def headline(self) -> str:
        name = self.ranked[0].name
        match self.state:
            case "early":
                return _("Too early to say anything")
            case "won":
                return _("“%(name)s” is better") % {"name": name}
            case "same":
                return _("It hardly matters which one you take")
        return _("“%(name)s” is ahead, but it may still be luck") % {"name": name}

    @property
    def sentence(self) -> str:
        first = self.ranked[0]
        words = {
            "name": first.name, "sure": share(first.odds.best), "loss": points(first.odds.loss),
            "wanted": share(self.rule.sure), "most": points(self.rule.loss),
        }  # fmt: skip
        match self.state:
            case "early":
                return self._missing
            case "won":
                return _("With %(sure)s it is the best. Should that be wrong, it costs %(loss)s on average.") % words
            case "same":
                return (
                    _("Whichever you take, you lose %(most)s at most on average. Take the one that is easier to keep.")
                    % words
                )
        return _("It is the best with %(sure)s. A winner needs %(wanted)s and an average loss under %(most)s.") % words

    @property
    def _missing(self) -> str:
        parts, few = [], min(arm.visitors for arm in self.arms)
        if few < self.rule.people:
            numbers = {"people": _grouped(self.rule.people), "few": _grouped(few)}
            parts.append(_("each variant needs %(people)s visitors, the smallest has %(few)s") % numbers)
        if self.days < self.rule.days:
            left = max(1, round(self.rule.days - self.days))
            words = ngettext(
                "the test runs %(left)s more day, so that each weekday is in it",
                "the test runs %(left)s more days, so that each weekday is in it",
                left,
            )
            parts.append(words % {"left": left})
        return _("For a claim %(what)s. Until then the difference may be luck.") % {"what": _(" and ").join(parts)}

    @property
    def warning(self) -> str:
        """Why the numbers must not be believed yet; empty when they may."""
        if self.uneven is None:
            return ""
        return _(
            "Visitors are not shared out as they should be. Chance does that less than once in a thousand tests, so "
            "something counts wrongly: a redirect, a cache, or bots. Do not decide on these numbers."
        )


def judge(test: PageTest) -> Verdict:
    """The numbers of a test and what they allow to say."""
    return judge_numbers(test, numbers(test))


def judge_numbers(test: PageTest, counted: dict[str, tuple[int, int]]) -> Verdict:
    """The same for numbers that were added up already: (visitors, conversions) by arm."""
    pairs = [counted.get(arm["key"], (0, 0)) for arm in test.arms]
    pairs = [(max(visitors, done), done) for visitors, done in pairs]
    arms = [
        Arm(arm["key"], arm["name"], arm["weight"], visitors, done, o)
        for arm, (visitors, done), o in zip(test.arms, pairs, odds(pairs), strict=True)
    ]
    rule, days = rule_of(test), ((test.ended_at or now()) - test.started_at).total_seconds() / 86400
    chance = unlikely([arm.visitors for arm in arms], [arm.weight for arm in arms])
    uneven = chance if chance < UNLIKELY else None
    return Verdict(arms, rule, _state(arms, rule, days, uneven), days, uneven)


def numbers(test: PageTest) -> dict[str, tuple[int, int]]:
    """(visitors, conversions) by arm, over all days."""
    sums: dict[str, tuple[int, int]] = {}
    for row in ArmDay.objects.filter(test=test):
        seen, done = sums.get(row.arm, (0, 0))
        sums[row.arm] = (seen + row.visitors, done + row.conversions)
    return sums


def _state(arms: list[Arm], rule: Rule, days: float, uneven: float | None) -> State:
    if min(arm.visitors for arm in arms) < rule.people or days < rule.days:
        return "early"
    first = max(arms, key=lambda arm: arm.odds.best)
    if first.odds.best >= rule.sure and first.odds.loss <= rule.loss and uneven is None:
        return "won"
    return "same" if max(arm.odds.loss for arm in arms) <= rule.loss else "open"


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def share(value: float) -> str:
    """0.973 as 97 %; never 100 %, since nothing is certain."""
    return f"{number_format(min(99.9, 100 * value), 1 if value > 0.99 else 0)}\u202f%"


def points(value: float) -> str:
    """0.0012 as 0.12 percentage points."""
    return _("%(points)s percentage points") % {"points": number_format(100 * value, 2)}
