"""What a file of costs would write: cells with their amounts, and each row that cannot be taken with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from reif.attract.campaigns.cost_table import Table
from reif.attract.campaigns.cost_values import NotAValue, cents, day_of, decimal_mark, month_comes_first, whole
from reif.attract.campaigns.enter_costs import Amount, Place
from reif.attract.campaigns.rates import NoRate, Rates
from reif.attract.models import CampaignName, Channel
from reif.kit.clock import now


class BadRow(ValueError):
    """The sentence that stands beside the row."""


@dataclass(frozen=True)
class Refused:
    """A row that is not taken."""

    line: int
    text: str
    why: str


@dataclass
class Reading:
    """cells: what would be written. unknown: names of campaigns that are none of ours, with their rows and sums."""

    cells: dict[Place, Amount] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    channel: str = ""
    currency: str = ""
    first: date | None = None
    last: date | None = None
    sums: dict[int, int] = field(default_factory=dict)


def read_costs(table: Table, channel: str = "", campaign: int | None = None,
               names: dict[str, int] | None = None) -> Reading:  # fmt: skip
    """channel: for rows that name none; else the platform's. campaign: for a file without a column of campaigns.

    names: campaigns by further names, in small letters. Rows of one campaign, day and channel are added up, as a platform
    has one for each ad group.
    """
    reading = Reading(channel=channel or table.platform, currency=table.currency)
    known = dict(CampaignName.objects.values_list("name", "campaign_id")) | (names or {})
    read = _reader(table, reading, known, campaign, Rates())
    sums: dict[Place, list[tuple[int, str, int | None, int | None]]] = defaultdict(list)
    for line, cells in table.rows:
        reading.rows += 1
        try:
            place, told = read(cells)
        except BadRow as bad:
            reading.refused.append(Refused(line, " · ".join(filter(None, cells.values()))[:160], str(bad)))
            continue
        if place:
            sums[place].append(told)
    reading.cells = {place: _sum(told) for place, told in sums.items()}
    _summarise(reading)
    return reading


Told = tuple[int, str, int | None, int | None]


def _reader(table: Table, reading: Reading, known: dict[str, int], campaign: int | None,
            rates: Rates) -> Callable[[dict[str, str]], tuple[Place | None, Told]]:  # fmt: skip
    mark = decimal_mark(cells["cost"] for _line, cells in table.rows)
    month_first = month_comes_first((cells["day"] for _line, cells in table.rows), table.month_first)
    today = now().date()

    def read(cells: dict[str, str]) -> tuple[Place | None, Told]:
        day = _day(cells["day"], month_first, today)
        amount = _amount(cells["cost"], mark)
        currency = (cells.get("currency") or reading.currency or settings.CURRENCY).upper()
        if len(currency) != 3 or not currency.isalpha():
            raise BadRow(_("“%(text)s” is no currency code. Write CHF or EUR.") % {"text": currency[:20]})
        _check_rate(rates, currency, day)
        told = (amount, currency, _count(cells.get("clicks", "")), _count(cells.get("impressions", "")))
        where = _channel(cells.get("channel", ""), reading.channel)
        name = cells.get("campaign", "").strip()
        found = campaign if not name else known.get(name.lower())
        if found is None:
            if not name:
                raise BadRow(_("The row names no campaign. Choose the campaign of the file above."))
            reading.unknown[name] = reading.unknown.get(name, 0) + 1
            return None, told
        return Place(found, day, where), told

    return read


def _day(text: str, month_first: bool, today: date) -> date:
    try:
        day = day_of(text, month_first)
    except NotAValue:
        raise BadRow(_("“%(text)s” is no day. Export the report by day.") % {"text": text[:40] or _("empty")}) from None
    if day > today or day.year < 2000:
        raise BadRow(_("%(day)s cannot have cost anything yet, or is too long ago.") % {"day": day.isoformat()})
    return day


def _amount(text: str, mark: str) -> int:
    try:
        return cents(text, mark)
    except NotAValue:
        raise BadRow(_("“%(text)s” is no amount. Write 1250.50 or 1’250,50.") % {"text": text[:40]}) from None


def _count(text: str) -> int | None:
    try:
        return whole(text)
    except NotAValue:
        raise BadRow(_("“%(text)s” is no whole number.") % {"text": text[:40]}) from None


def _check_rate(rates: Rates, currency: str, day: date) -> None:
    try:
        rates.of(currency, day)
    except NoRate:
        words = {"currency": currency, "day": day.isoformat()}
        raise BadRow(
            _("There is no rate for %(currency)s on %(day)s. Enter one under Exchange rates, then load the file again.")
            % words
        ) from None


def _channel(text: str, otherwise: str) -> str:
    word = text.strip().lower()
    found = next((c.value for c in Channel if word in (c.value, str(c.label).lower())), "") if word else otherwise
    if not found:
        raise BadRow(_("The channel is not known. Choose the channel of the file above."))
    return found


def _sum(told: list[Told]) -> Amount:
    """Of one day and channel; two currencies in one cell cannot be added, the platform never does that."""
    return Amount(
        cents=sum(t[0] for t in told), currency=told[0][1],
        clicks=_total([t[2] for t in told]), impressions=_total([t[3] for t in told]),
    )  # fmt: skip


def _total(numbers: list[int | None]) -> int | None:
    given = [n for n in numbers if n is not None]
    return sum(given) if given else None


def _summarise(reading: Reading) -> None:
    days = [place.day for place in reading.cells]
    reading.first, reading.last = min(days, default=None), max(days, default=None)
    for place, amount in reading.cells.items():
        reading.sums[place.campaign] = reading.sums.get(place.campaign, 0) + (amount.cents or 0)
