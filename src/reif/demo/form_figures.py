"""How often the forms of the past year were seen, begun and left: made to fit what was sent. And three set aside."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from django.db.models import Count
from django.db.models.functions import TruncDate

from reif.capture.forms import tally
from reif.capture.models import Quarantined, Submission
from reif.demo.visits import FORM_PAGES
from reif.playbook.current import current

SEEN = {"whitepaper": 3.4, "webinar": 3.9, "demo": 7.5, "newsletter": 9.0, "offerte": 11.0}
"""Views for each that was sent."""
BEGIN = 0.42
"""Of those who saw it and did not send it, so many began."""
STRANGERS = (
    ("lead-scraper.example", {"email": ["sales@cheap-leads.example"], "company": ["Cheap Leads Ltd"], "name": ["Sales Team"]}),
    ("kopie-talentwerk.example", {"email": ["b.keller@seeblick-spital.example"], "company": ["Spital Seeblick"], "name": ["Beat Keller"]}),
    ("", {"email": ["test@test.example"], "company": ["asdf"], "name": ["asdf asdf"]}),
)  # fmt: skip


def count_forms(random: Random, end: datetime) -> None:
    """Sums by day and page, as the pages of forms would have counted them."""
    counted: Counter[tally.Key] = Counter()
    forms = {form.slug: [f.name for f in form.questions if f.type != "hidden"] for form in current("forms").forms}
    rows = (
        Submission.objects.annotate(day=TruncDate("at")).values_list("form", "day", "url").annotate(number=Count("id"))
    )
    for form, day, _url, number in rows:
        page, fields = FORM_PAGES.get(form, f"/f/{form}"), forms.get(form, [])
        views = round(number * SEEN.get(form, 4.0) * random.uniform(0.6, 1.4)) + 1
        others = max(views - number, 0)
        begun = sum(random.random() < BEGIN for _ in range(others))
        counted[day, form, "view", "", page, ""] += number + others
        counted[day, form, "start", "", page, ""] += number + begun
        counted[day, form, "sent", "", page, ""] += number
        for field in random.choices(fields, [2 + 3 * (n % 3) + n for n in range(len(fields))], k=begun):
            counted[day, form, "left", field, page, ""] += 1
        if random.random() < 0.3 * number:
            counted[day, form, "wrong", "email", page, ""] += 1
    tally.add(counted)
    _set_aside(end)


def _set_aside(end: datetime) -> None:
    rows = [
        Quarantined(form="demo", origin=origin, reason="domain" if origin else "no_ticket", posted=posted,
                    sent={"language": "de", "url": f"https://{origin}/"}, content=f"demo-{n}",
                    at=end - timedelta(hours=7 * (n + 1)))
        for n, (origin, posted) in enumerate(STRANGERS)
    ]  # fmt: skip
    Quarantined.objects.bulk_create(rows, ignore_conflicts=True)
