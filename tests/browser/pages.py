"""Which pages are looked at, and as whom: every main page of the desk, and what visitors see."""

from __future__ import annotations

PUBLIC = [
    "/site",
    "/preise",
    "/blog/",
    "/blog/5-schritte-zur-erfolgreichen-mitarbeiterbindung",
    "/p/whitepaper-mitarbeiterbindung",
    "/p/webinar-recruiting-trends",
    "/p/demo",
    "/f/newsletter",
    "/impressum",
    "/datenschutz",
    "/accounts/login/",
    "/accounts/password/reset/",
]
DESK = {
    "marketing": [
        "/",
        "/people",
        "/people/{person}",
        "/companies",
        "/companies/{company}",
        "/why/{event}",
        "/content",
        "/pages",
        "/pages/new",
        "/pages/1",
        "/pages/1/about",
        "/pages/1/versions",
        "/pages/8/test",
        "/scoring",
        "/journeys",
        "/journeys/{journey}",
        "/funnel",
        "/mailbox",
        "/playbook",
        "/playbook/sections/scoring",
        "/playbook/sections/scoring/text",
        "/playbook/revisions/{revision}",
    ],
    "seller": ["/", "/inbox", "/deals", "/deals/new", "/activities", "/activities/new?person={person}"],
    "manager": ["/inbox?scope=all&open={assignment}", "/deals?scope=all", "/deals/{deal}", "/people/{person}/fields"],
    "admin": ["/stuck", "/design"],
    "analyst": ["/funnel?as=table"],
}
EVERY = [("", address) for address in PUBLIC] + [(role, a) for role, some in DESK.items() for a in some]
