"""Random models and random histories, small enough to meet each other and the edges of days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from reif.qualify.ways import Decay, Exclude, Fit, Group, Model, Rule
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate

END = datetime(2026, 11, 10, 9, 30, 15, 123_456, tzinfo=UTC)  # behind the change to winter time
KINDS = ("page.viewed", "mail.clicked", "form.submitted")
TOPICS = ("/preise", "/blog/a", "/blog/b", "demo", "")
PEOPLE, VISITORS = 3, 2
GROUPS = (Group("web", 25), Group("who", 8))

moments = st.one_of(
    st.integers(0, 40 * 24).map(lambda hours: END - timedelta(hours=hours)),
    st.integers(0, 40).map(lambda days: END - timedelta(days=days)),
    st.sampled_from([0, 1, 59, 119, 121]).map(lambda m: datetime(2026, 10, 24, 22, tzinfo=UTC) + timedelta(minutes=m)),
)
whom = st.integers(0, PEOPLE + VISITORS - 1)
deed = st.tuples(st.sampled_from(KINDS), whom, moments, st.sampled_from(TOPICS), st.booleans())
identified = st.tuples(st.just("identified"), st.integers(0, VISITORS - 1), st.integers(0, PEOPLE - 1), moments)
histories: st.SearchStrategy[list[tuple[Any, ...]]] = st.lists(st.one_of(deed, deed, deed, identified), max_size=25)

dids = st.builds(Did, st.sampled_from(KINDS), st.sampled_from(("", "/preise", "/blog/*")), st.integers(1, 2),
                 st.sampled_from((None, 1, 7)))  # fmt: skip
facts = st.sampled_from([
    Is("country", "is", "CH"), Is("job_title", "contains", "leit"), Is("created_at", "within", 20),
    Is("traits.plan", "is", "pro"),
])  # fmt: skip
leaves = st.one_of(dids, facts)
conditions: st.SearchStrategy[Predicate] = st.one_of(
    leaves, leaves.map(Not), st.lists(leaves, min_size=1, max_size=2).map(lambda ps: All(tuple(ps))),
    st.lists(leaves, min_size=1, max_size=2).map(lambda ps: AnyOf(tuple(ps))),
)  # fmt: skip
decays = st.one_of(
    st.none(), st.builds(Decay, half_life=st.integers(1, 20)), st.builds(Decay, linear=st.integers(1, 40))
)


def rules(number: int) -> st.SearchStrategy[Rule]:
    return st.builds(
        Rule, key=st.just(f"r{number}"), on=st.sampled_from([*KINDS, KINDS[:2]]),
        topic=st.sampled_from(["", "/preise", "/blog/*", ("/preise", "demo")]),
        points=st.sampled_from([-7, 1, 10, 13]), when=st.none() | conditions, times=st.sampled_from([None, None, 1, 2]),
        per=st.sampled_from(["ever", "day", "week", "month"]), per_day=st.sampled_from([None, None, 1, 2]),
        group=st.sampled_from(["", "web"]), decay=decays, expires=st.sampled_from([None, None, 1, 15]),
    )  # fmt: skip


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Four rules, a profile, one who is left out."""
    fit = tuple(
        Fit(f"f{n}", draw(conditions), draw(st.sampled_from([-3, 5, 6])), group=draw(st.sampled_from(["", "who"])))
        for n in range(draw(st.integers(0, 3)))
    )
    exclude = (Exclude("x", draw(conditions)),) if draw(st.booleans()) else ()
    return Model("m", groups=GROUPS, rules=tuple(draw(rules(n)) for n in range(4)), fit=fit, exclude=exclude)
