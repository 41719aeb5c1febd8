"""Pages, forms and contents that many people came to: a model looks at each by itself, though no rule names it."""

from __future__ import annotations

from reif.lake.open import open_lake
from reif.qualify.predict.shape import Topic
from reif.rules.happenings import label

KINDS = ("page.viewed", "form.submitted", "content.downloaded", "webinar.registered", "lead.received", "event.tracked")
MOST, FEWEST_PEOPLE = 12, 40


def most_seen(named: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """By people, the most frequent first, without those that a rule names alone."""
    with open_lake() as lake:
        rows = lake.execute(
            "SELECT kind, topic, count(DISTINCT person) AS n FROM deeds WHERE topic <> ''"
            " AND kind IN (SELECT unnest(?::VARCHAR[])) GROUP BY kind, topic HAVING n >= ? ORDER BY n DESC, kind, topic LIMIT ?",
            [list(KINDS), FEWEST_PEOPLE, MOST + len(named)],
        ).fetchall()
    alone = {(kind, topic.topics[0]) for topic in named if len(topic.topics) == 1 for kind in topic.kinds}
    return tuple(_topic(kind, topic) for kind, topic, _people in rows if (kind, topic) not in alone)[:MOST]


def _topic(kind: str, topic: str) -> Topic:
    words = {language: f"{label(kind, language)}: {topic}" for language in ("de", "en")}
    return Topic(f"{kind} {topic}", (kind,), (topic,), words)
