"""/traffic: the visitors of a period beside those of the period before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reif.capture.templatetags.source_tree import signed
from reif.capture.templatetags.traffic import country_word, device_word
from reif.capture.traffic.numbers import Rows, Totals, Traffic, totals, traffic
from reif.crm.models.touch import Source
from reif.rules.within import Within
from reif.staff.models import Role
from reif.staff.period import CHOICES, period_of
from reif.staff.templatetags.ui import number, percent
from reif.staff.views import Desk, StaffRequest

READERS = frozenset({Role.ADMIN.value, Role.MARKETING.value, Role.ANALYST.value})


class TrafficView(Desk):  # /traffic?days=30&segment=large or ?from=2026-01-01&to=2026-03-31, as=table
    roles: ClassVar[frozenset[str]] = READERS

    def get(self, request: StaffRequest) -> HttpResponse:
        period, within = period_of(request.GET), Within.of(request.GET)
        found, before = traffic(period, within), totals(period.before, within)
        context: dict[str, Any] = within.drawn(request) | {
            "period": period, "choices": CHOICES, "traffic": found, "table": request.GET.get("as") == "table",
            "tiles": tiles(found.totals, before, within), "chart": _chart(found, within), "cards": _cards(found),
            "rows": list(zip(found.days, *found.series.values(), strict=True))[::-1],
        }  # fmt: skip
        return render(request, "capture/traffic/page.html", context)


def tiles(here: Totals, before: Totals, within: Within) -> list[dict[str, str]]:
    """The numbers on top, each with its change against the period before."""
    counted, known = _("%(n)s of them only counted"), _("browsers that may be recognised")
    arrivals, views = (counted % {"n": number(n)} for n in (here.arrivals, here.views_counted))
    if within.key:
        arrivals, views, known = "", "", _("known, and in the segment")
    return [
        _tile(_("Visits"), number(here.came), here.came, before.came, arrivals),
        _tile(_("People"), number(here.people), here.people, before.people, known),
        _tile(_("Page views"), number(here.views), here.views, before.views, views),
        _tile(_("Pages per visit"), number(here.pages, 1), here.pages, before.pages),
        _tile(_("Time on the site"), _clock(here.seconds), here.seconds, before.seconds, _("minutes, on average")),
        _tile(
            _("One page alone"), percent(here.bounce), here.bounce, before.bounce, _("of the recognised visits"), "bad"
        ),
    ]


def _tile(
    label: str, shown: str, value: float | None, before: float | None, hint: str = "", more: str = "good"
) -> dict[str, str]:
    """more: whether it is good or bad when there is more of it."""
    change = (value / before - 1) * 100 if value is not None and before else None
    tone = "plain" if change is None else more if change >= 0 else {"good": "bad", "bad": "good"}[more]
    return {
        "label": label,
        "shown": shown,
        "hint": hint,
        "delta": "" if change is None else signed(change),
        "tone": tone,
    }


def _clock(seconds: float | None) -> str:
    return "–" if seconds is None else f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _chart(found: Traffic, within: Within) -> dict[str, Any]:
    names = {"visits": _("Visits, recognised"), "arrivals": _("Visits, only counted"), "views": _("Page views")}
    if within.key:
        del names["arrivals"]
    series: list[dict[str, Any]] = [{"name": words, "values": found.series[key]} for key, words in names.items()]
    series[-1]["dashed"] = True
    return {"x": [date_format(day, "j.n.") for day in found.days], "series": series}


def _cards(found: Traffic) -> list[dict[str, Any]]:
    """Lists as bars: (name, number), the longest first."""
    lists = found.lists
    return [
        _card(_("Pages"), "file-text", lists["pages"], _("views")),
        _card(_("Sources"), "split", [(_source(key), n) for key, n in lists["sources"]], _("visits"), "/sources"),
        _card(_("Countries"), "globe", [(country_word(key), n) for key, n in lists["countries"]], _("visits")),
        _card(_("Devices"), "monitor-smartphone", [(device_word(key), n) for key, n in lists["devices"]], _("visits")),
        _card(_("Entry pages"), "log-in", lists["entries"], _("recognised visits")),
        _card(_("Exit pages"), "log-out", lists["exits"], _("recognised visits")),
    ]


def _card(title: str, icon: str, rows: Rows, what: str, href: str = "") -> dict[str, Any]:
    return {"title": title, "icon": icon, "rows": rows, "most": rows[0][1] if rows else 0, "what": what, "href": href}


def _source(key: str) -> str:
    return str(dict(Source.choices).get(key, key)) if key else _("Unknown")
