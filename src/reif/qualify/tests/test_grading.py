"""The back-test grades as the engine does: by cents, and worse only beyond the margin."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reif.qualify.backtest.grading import grading
from reif.qualify.backtest.series import DAY, Moments
from reif.qualify.scoring.grades import grade_of
from reif.qualify.ways import Grades

moment = st.tuples(st.integers(-500, 8000), st.integers(-500, 8000), st.booleans())
stories = st.lists(st.lists(moment, min_size=1, max_size=8), min_size=1, max_size=6)


def by_columns(grades: Grades, people: list[list[tuple[int, int, bool]]]) -> list[str]:
    keys = [person * DAY + day for person, story in enumerate(people) for day in range(len(story))]
    fit, engagement, out = (np.array([m[n] for story in people for m in story]) for n in range(3))
    return list(map(str, grading(grades, fit, engagement, out.astype(bool), Moments(np.array(keys)))))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([0, 1, 5, 12]), stories)
def test_every_story_is_graded_as_the_engine_would(margin: int, people: list[list[tuple[int, int, bool]]]) -> None:
    grades = Grades((30, 20, 10), (60, 30, 10), margin)
    expected = []
    for story in people:
        grade = ""
        for fit, engagement, out in story:
            grade = "" if out else grade_of(grades, fit, engagement, grade)
            expected.append(grade)
    assert by_columns(grades, people) == expected


def test_nineteen_points_and_sixty_cents_are_not_twenty() -> None:
    grades = Grades((30, 20, 10), (60, 30, 10))
    assert by_columns(grades, [[(1960, 6000, False)], [(2000, 5999, False)]]) == ["C1", "B2"]
