"""Random predicates and random people, from small pools so that they meet, with what has broken such code before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unicodedata import category

from hypothesis import strategies as st

from reif.crm.models import SOURCES, TURNS
from reif.kit.fold import fold
from reif.rules.fields import FIELDS, SCORES, Type, field_of
from reif.rules.operators import Wants, operators_for
from reif.rules.predicates import All, AnyOf, Did, Is, Not, Predicate
from reif.rules.values import LARGEST

NOW = datetime(2026, 11, 23, 12, 30, 15, 250_000, tzinfo=UTC)
# U+10FFFF is not a character; the search by prefix uses it as the end of a range.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\U0010ffff")
TRICKY = (
    "Müller",
    "MUELLER",
    "mu\u0308ller",
    "Strasse",
    "Straße",
    "İstanbul",
    "istanbul",
    "é",
    "e\u0301",
    "Zoë",
    "ﬁ",
    "🙂",
    "👩‍💻 Dev",
    "100%",
    "a_b",
    "a%b",
    "o'Neil",
    '"x"',
    "back\\slash",
    "two  words",
    "Ärztin",
    "АННА",
    "anna",
    "A",
    "true",
    "1",
    "null",
)
EMPTY = ("", " ", "\u0301")
TEXTS = st.one_of(st.sampled_from(TRICKY), st.sampled_from(EMPTY), st.text(LETTERS, max_size=6))
CODES = ("CH", "DE", "ch", "Zü", "8005", "de", "en", "", "mql", "sql", "lead", "web", "a_b", "A_B", "a%")
KEYS = ("plan", "größe", "Company Size", "a.b", "é")
MODELS = ("partner", "second-market")
SEGMENTS = ("hot", "large", "quiet")
TITLES = ("", "Leiterin Personal", "Head of IT", "CEO", "Astronaut", "Müller")
KINDS = ("page.viewed", "form.submitted", "mail.clicked")
TOPICS = ("/preise", "/preise/x", "/Preise", "demo", "a_b", "", "axb")
ASKED = ("", "/preise", "/preise*", "/p*", "demo", "a_*", "*")
INTS = st.integers(-3, 5)
NUMBERS = st.one_of(INTS, st.sampled_from([0.1, 1.5, 1e15, -2.5, LARGEST, 60, 50]), st.floats(-10, 10))
SECONDS = st.sampled_from([0, 1, 60, 86_400, 86_399, 30 * 86_400, 30 * 86_400 + 1, 90 * 86_400, -5, -86_400])
MOMENTS = st.builds(
    lambda s, micro: NOW - timedelta(seconds=s, microseconds=micro), SECONDS, st.sampled_from([0, 1, 999_999, 250_000])
)
TRAITS = st.dictionaries(
    st.sampled_from(KEYS),
    st.one_of(TEXTS, NUMBERS, st.booleans(), st.none(), st.just([1]), st.just({"x": 1}), st.just(10**30)),
    max_size=3,
)


def codes() -> st.SearchStrategy[str]:
    return st.sampled_from(CODES)


def events() -> st.SearchStrategy[list[dict[str, Any]]]:
    """who: the person itself, its visitor before it was known, or a stranger's visitor."""
    return st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(KINDS),
                "topic": st.sampled_from(TOPICS),
                "at": MOMENTS,
                "who": st.sampled_from(["person", "visitor", "both", "stranger"]),
                "machine": st.booleans(),
            }
        ),
        max_size=4,
    )


def people() -> st.SearchStrategy[dict[str, Any]]:
    company = st.fixed_dictionaries(
        {
            "name": TEXTS,
            "industry": TEXTS,
            "city": TEXTS,
            "size": st.none() | st.integers(0, 60),
            "country": st.sampled_from(["CH", "DE", ""]),
            "region": codes(),
            "score": INTS,
        }
    )
    columns = dict.fromkeys(("first_name", "last_name", "job_title", "company_name", "city"), TEXTS)
    columns |= {name: codes() for name in ("region", "postal_code", "language", "source")}
    return st.fixed_dictionaries(
        {
            **columns,
            "email": st.none() | st.sampled_from(["a@x.ch", "B@x.ch", "c@müller.de", "d@"]),
            "country": st.sampled_from(["CH", "DE", ""]),
            "stage": st.sampled_from(["", "mql", "sql", "lead"]),
            "basis": st.sampled_from(["", "consent", "contract"]),
            "score": INTS,
            "fit": INTS,
            "engagement": INTS,
            "grade": st.sampled_from(["", "A1", "B2", "C3", "D1"]),
            "excluded": st.sampled_from(["", "", "staff"]),
            "standings": st.lists(standings(), max_size=2, unique_by=lambda s: s["model"]),
            "chance_sql": st.none() | st.integers(0, 100),
            "chance_won": st.none() | st.integers(0, 100),
            "created_at": MOMENTS,
            "stage_at": st.none() | MOMENTS,
            "traits": TRAITS,
            "company": st.none() | company,
            "job_title": TEXTS | st.sampled_from(TITLES),
            "persona": codes(),
            "completeness": st.none() | INTS,
            "quality": st.none() | INTS,
            "flaws": st.sampled_from(["", " stale ", " email_role stale "]),
            "told_at": st.none() | MOMENTS,
            "phone": codes(),
            "segments": st.lists(st.sampled_from(SEGMENTS), unique=True),
            "owned": st.booleans(),
            "consent": st.sampled_from(["", "asked", "given", "withdrawn"]),
            "events": events(),
            "origin": st.none() | st.fixed_dictionaries({turn: st.none() | touches() for turn in TURNS}),
        }
    )


def standings() -> st.SearchStrategy[dict[str, Any]]:
    """Where somebody stands in two more models, in what counts or in what is being prepared."""
    given = {"model": st.sampled_from(MODELS), "build": st.sampled_from([0, 0, 1])}
    given |= dict.fromkeys(("score", "fit", "engagement"), INTS)
    grade, excluded = st.sampled_from(["", "A1", "B2", "C3"]), st.sampled_from(["", "staff"])
    return st.fixed_dictionaries({**given, "grade": grade, "excluded": excluded})


def touches() -> st.SearchStrategy[dict[str, str]]:
    names = ("detail_1", "detail_2", "campaign")
    return st.fixed_dictionaries({name: codes() for name in names} | {"source": st.sampled_from(SOURCES[:2])})


def predicates() -> st.SearchStrategy[Predicate]:
    return st.recursive(leaves(), _joined, max_leaves=6)


def flat_predicates() -> st.SearchStrategy[Predicate]:
    """Two levels at most, what the form can show."""
    rows = leaves() | leaves().map(Not)
    groups = st.lists(rows, min_size=1, max_size=3).map(tuple)
    group = groups.map(All) | groups.map(AnyOf)
    several = st.lists(group | rows, min_size=1, max_size=3).map(tuple)
    return rows | group | several.map(All) | several.map(AnyOf)


def leaves() -> st.SearchStrategy[Predicate]:
    named = st.sampled_from(sorted(FIELDS)) | st.sampled_from([f"traits.{key}" for key in KEYS])
    named |= st.sampled_from([f"{name}.{model}" for name in SCORES for model in MODELS])
    did = st.builds(
        Did, st.sampled_from(KINDS), st.sampled_from(ASKED), st.integers(1, 3), st.sampled_from([None, 1, 30, 90])
    )
    return named.flatmap(_about) | did


def _joined(inner: st.SearchStrategy[Predicate]) -> st.SearchStrategy[Predicate]:
    groups = st.lists(inner, max_size=3).map(tuple)
    return groups.map(All) | groups.map(AnyOf) | inner.map(Not)


def _about(name: str) -> st.SearchStrategy[Predicate]:
    field = field_of(name)
    assert field
    return st.sampled_from(operators_for(field.type)).flatmap(lambda o: _leaf(name, field.type, o.name, o.wants))


def _leaf(name: str, type_: Type, op: str, wants: Wants) -> st.SearchStrategy[Predicate]:
    values = _values(name, type_, op)
    match wants:
        case Wants.NOTHING:
            return st.just(Is(name, op))
        case Wants.DAYS:
            return st.sampled_from([1, 30, 90]).map(lambda days: Is(name, op, days))
        case Wants.PAIR:
            return st.tuples(values, values).map(lambda pair: Is(name, op, tuple(sorted(pair))))
        case Wants.MANY:
            many = st.lists(values, min_size=1, max_size=3).map(tuple)
            alike = many.filter(
                lambda vs: len({type(v) in (int, float) for v in vs} | {isinstance(v, bool) for v in vs}) <= 2
            )
            return alike.filter(lambda vs: len({_sort(v) for v in vs}) == 1).map(lambda vs: Is(name, op, vs))
    return values.map(lambda value: Is(name, op, value))


def _can_be_asked(text: str) -> bool:
    """`decode` refuses control characters and what is empty once folded."""
    return bool(fold(text.strip())) and not any(category(c) == "Cc" for c in text)


def _sort(value: Any) -> str:
    return "truth" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"


def _values(name: str, type_: Type, op: str) -> st.SearchStrategy[Any]:
    drawn = st.text(LETTERS, min_size=1, max_size=3).filter(_can_be_asked)
    texts = st.one_of(st.sampled_from(TRICKY), drawn)
    match type_:
        case Type.NUMBER:
            return NUMBERS
        case Type.GRADE:
            return st.sampled_from(["A1", "B2", "C3", "D4"])
        case Type.USER:
            return st.integers(1, 3)
        case Type.TRUTH:
            return st.booleans()
        case Type.MOMENT:
            return st.sampled_from(
                ["2026-11-23", "2026-10-24", "2026-11-22T12:30:15", "2026-11-23T12:30:15.250000+00:00"]
            )
        case Type.TRAIT if op in (">=", "<=", ">", "<", "between"):
            return NUMBERS
        case Type.TRAIT if op in ("contains", "begins with"):
            return texts
        case Type.TRAIT:
            return st.one_of(texts, NUMBERS, st.booleans())
        case Type.CODE if name.endswith("_source"):
            return st.sampled_from(SOURCES[:3])
        case Type.CODE if name == "basis":
            return st.sampled_from(["consent", "contract", "legitimate_interest_lead"])
        case Type.CODE if name in ("department", "level"):
            return st.sampled_from((field_of(name) or FIELDS["stage"]).choices[:4])
        case Type.KEYS if name == "flaw":
            return st.sampled_from(["stale", "email_role", "email"])
        case Type.KEYS:
            return st.sampled_from(SEGMENTS)
        case Type.CODE if name == "stage":
            return st.sampled_from(["mql", "sql", "lead", "customer"])
        case Type.CODE:
            return st.one_of(
                st.sampled_from([c for c in CODES if c]), st.sampled_from(["a@x.ch", "x.ch", "@", "müller.de"])
            )
    return texts
