"""The limit of bench/segments.py: what somebody would ask by hand for this one segment, as each engine plans it best."""

from __future__ import annotations

from bench._lake import END, Clock

BY_HAND = {
    "sqlite": """SELECT p.id FROM crm_person p JOIN crm_company c ON c.id = p.company_id
WHERE p.country IN ('CH', 'DE') AND c.size >= 50 AND p.erased_at IS NULL
  AND p.id IN (SELECT who FROM mine WHERE kind = 'mail.opened' AND at BETWEEN {half_year} AND {today} GROUP BY who HAVING count(*) >= 2)
  AND (p.id IN (SELECT who FROM mine WHERE kind = 'page.viewed' AND at BETWEEN {quarter} AND {today} AND topic >= '/produkt/'
      AND topic < '/produkt0' AND body = '{{}}')
    OR p.id IN (SELECT who FROM mine WHERE kind = 'content.downloaded' AND at <= {today}))
  AND p.id NOT IN (SELECT who FROM mine WHERE kind = 'mail.unsubscribed' AND at <= {today} AND who IS NOT NULL)""",
    "postgresql": """WITH opened AS (SELECT who FROM mine WHERE kind = 'mail.opened' AND at BETWEEN {half_year} AND {today}
    GROUP BY who HAVING count(*) >= 2),
  near AS (SELECT who FROM mine WHERE kind = 'page.viewed' AND at BETWEEN {quarter} AND {today} AND topic >= '/produkt/'
      AND topic < '/produkt0' AND body ->> 'machine' IS NULL
    UNION SELECT who FROM mine WHERE kind = 'content.downloaded' AND at <= {today}),
  gone AS (SELECT DISTINCT who FROM mine WHERE kind = 'mail.unsubscribed' AND at <= {today})
SELECT p.id FROM crm_person p JOIN crm_company c ON c.id = p.company_id JOIN opened o ON o.who = p.id
  JOIN near n ON n.who = p.id LEFT JOIN gone g ON g.who = p.id
WHERE p.country IN ('CH', 'DE') AND c.size >= 50 AND p.erased_at IS NULL AND g.who IS NULL""",
}
MINE = """CREATE TEMP VIEW mine AS SELECT e.kind, e.at, e.topic, e.body, COALESCE(e.person_id, v.person_id) AS who
FROM log_event e LEFT JOIN crm_visitor v ON e.person_id IS NULL AND v.id = e.visitor_id"""


def by_hand(engine: str) -> tuple[Clock, set[int]]:
    from datetime import timedelta

    from django.db import connection

    def stored(days: int) -> str:
        moment = END - timedelta(days=days)
        return f"'{moment:%Y-%m-%d %H:%M:%S}{'+00' if engine == 'postgresql' else ''}'"

    asked = {"today": stored(0), "half_year": stored(180), "quarter": stored(90)}
    with connection.cursor() as cursor:
        cursor.execute(MINE)
        if engine == "postgresql":
            cursor.execute("SET work_mem = '256MB'")  # as somebody would who asks so much
        with Clock() as clock:
            cursor.execute(BY_HAND[engine].format(**asked))
            found = {row[0] for row in cursor.fetchall()}
        if engine == "postgresql":
            cursor.execute("RESET work_mem")
    return clock, found
