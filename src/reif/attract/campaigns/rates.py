"""What a unit of a currency was worth in the home currency on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from django.conf import settings

from reif.attract.models import ExchangeRate


class NoRate(LookupError):
    """There is no rate for this currency on that day."""

    def __init__(self, currency: str, day: date) -> None:
        super().__init__(f"no rate for {currency} on {day}")
        self.currency, self.day = currency, day


class Rates:
    """All rates, read once. The one that began last before a day holds."""

    def __init__(self) -> None:
        self._since: dict[str, list[date]] = defaultdict(list)
        self._rates: dict[str, list[Decimal]] = defaultdict(list)
        for currency, since, rate in ExchangeRate.objects.order_by("currency", "since").values_list(
            "currency", "since", "rate"
        ):
            self._since[currency].append(since)
            self._rates[currency].append(rate)

    def of(self, currency: str, day: date) -> Decimal:
        """Raises NoRate."""
        if currency == settings.CURRENCY:
            return Decimal(1)
        place = bisect_right(self._since.get(currency, []), day)
        if not place:
            raise NoRate(currency, day)
        return self._rates[currency][place - 1]

    def home(self, cents: int, currency: str, day: date) -> int:
        """In cents of the home currency. Raises NoRate."""
        return converted(cents, self.of(currency, day))


def converted(cents: int, rate: Decimal) -> int:
    """Cents at a rate, rounded to the even one at a half."""
    return int((Decimal(cents) * rate).quantize(Decimal(1), ROUND_HALF_EVEN))
