"""The grade of two sums: a letter for the profile, a digit for behaviour. It gets worse only beyond a margin."""

from __future__ import annotations

from reif.qualify.ways import Grades


def grade_of(grades: Grades | None, fit_cents: int, engagement_cents: int, before: str = "") -> str:
    """A1 to D4; empty in a model without grades. before: the grade so far, which a small fall does not take away."""
    if grades is None:
        return ""
    letter = _rank(grades.fit, grades.margin, fit_cents, "ABCD".find(before[:1]) if before else -1)
    digit = _rank(grades.engagement, grades.margin, engagement_cents, "1234".find(before[1:]) if before else -1)
    return f"{'ABCD'[letter]}{'1234'[digit]}"


def _rank(steps: tuple[int, ...], margin: int, cents: int, before: int) -> int:
    """0 is the best. From the one before, a better one counts at once, a worse one only below its threshold's margin."""
    now = next((n for n, step in enumerate(steps) if cents >= step * 100), len(steps))
    if not 0 <= before < now:
        return now
    kept = next((n for n, step in enumerate(steps) if n >= before and cents >= (step - margin) * 100), len(steps))
    return min(now, kept)
