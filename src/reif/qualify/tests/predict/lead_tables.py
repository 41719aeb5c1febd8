"""Tables of past leads as companies export them, drawn from a truth that is known: the shapes that a reader of tables meets.

Each table comes with the chance that was drawn from, so that a test can say how much there was to be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reif.qualify.predict.tables.table import Table

Draw = np.random.Generator
Floats = NDArray[np.float64]
Words = NDArray[np.str_]


class Drawn(NamedTuple):
    """outcome: the column to foresee. chance: what honest columns can tell. leaks: columns known only afterwards."""

    table: Table
    outcome: str
    chance: Floats
    leaks: tuple[str, ...]


def courses(rows: int = 9240, seed: int = 1) -> Drawn:
    """A school's leads: “Select” where nobody chose, tags that sellers set, columns that always say No."""
    draw = np.random.default_rng(seed)
    origin = _pick(draw, rows, {"API": 39, "Landing Page Submission": 53, "Lead Add Form": 7.5, "Lead Import": 0.5})
    source = _pick(draw, rows, {"Google": 31, "Direct Traffic": 27.5, "Olark Chat": 19, "Organic Search": 12.5,
                                "Reference": 5.8, "Welingak Website": 1.5, "Referral Sites": 1.3, "Facebook": 0.6})  # fmt: skip
    job = _pick(draw, rows, {"": 29, "Unemployed": 60.6, "Working Professional": 7.6, "Student": 2.3, "Other": 0.2})
    seconds = np.where(draw.random(rows) < 0.237, 0, draw.gamma(0.9, 700, rows)).round()
    visits = np.where(seconds > 0, draw.poisson(3.4, rows) + 1, 0).astype(float)
    mail = draw.random(rows) < 0.92
    activity = _pick(draw, rows, {"Email Opened": 37, "SMS Sent": 30, "Olark Chat Conversation": 10.5, "Page Visited": 7,
                                  "Converted to Lead": 4.6, "Email Bounced": 3.5, "Email Link Clicked": 2.9, "": 1.1})  # fmt: skip
    pull = (
        -1.9 + 0.0016 * np.minimum(seconds, 1800) + 2.6 * (origin == "Lead Add Form") + 0.8 * (source == "Olark Chat")
        + 2.4 * (job == "Working Professional") - 1.1 * (job == "") + 1.5 * (activity == "SMS Sent")
        - 1.1 * (activity == "Olark Chat Conversation") - 1.2 * ~mail - 0.35 * (origin == "Landing Page Submission")
    )  # fmt: skip
    chance, came = _came(draw, pull)
    sure = draw.random(rows) < 0.97
    tags = np.where(draw.random(rows) < 0.36, "", np.where(came == sure, _pick(draw, rows, {
        "Will revert after reading the email": 70, "Closed by Horizzon": 18, "Lost to EINS": 9, "Busy": 3}), _pick(draw, rows, {
        "Ringing": 45, "Interested in other courses": 20, "Already a student": 17, "switched off": 10, "Busy": 8})))  # fmt: skip
    quality = np.where(draw.random(rows) < 0.5, "", np.where(came == (draw.random(rows) < 0.85), _pick(draw, rows, {
        "High in Relevance": 3, "Might be": 6, "Low in Relevance": 2}), _pick(draw, rows, {"Not Sure": 5, "Worst": 4, "Might be": 2})))  # fmt: skip
    columns: dict[str, Sequence[object]] = {
        "Prospect ID": [f"{a:08x}-{b:04x}-4{b % 997:03x}" for a, b in draw.integers(0, 2**31, (rows, 2)) % 2**31 % [2**31, 2**16]],
        "Lead Number": (660_737 - np.arange(rows) * 8 - draw.integers(0, 7, rows)), "Lead Origin": origin, "Lead Source": source,
        "Do Not Email": _yes(~mail), "Do Not Call": _yes(draw.random(rows) < 0.0002), "Converted": came.astype(int),
        "TotalVisits": _gaps(draw, visits, 0.015), "Total Time Spent on Website": seconds.astype(int),
        "Page Views Per Visit": _gaps(draw, np.round(visits / draw.integers(1, 4, rows), 2), 0.015), "Last Activity": activity,
        "Country": _pick(draw, rows, {"India": 70, "": 26.6, "United States": 1, "United Arab Emirates": 0.6, "Singapore": 0.3}),
        "Specialization": _pick(draw, rows, {"Select": 21, "": 15.6, "Finance Management": 10.5, "Human Resource Management": 9.2,
                                             "Marketing Management": 9, "Operations Management": 5.4, "E-COMMERCE": 1.2}),
        "How did you hear about X Education": _pick(draw, rows, {"Select": 55, "": 24, "Online Search": 9, "Word Of Mouth": 4}),
        "What is your current occupation": job,
        "What matters most to you in choosing a course": _pick(draw, rows, {"Better Career Prospects": 70.6, "": 29.3}),
        "Search": _yes(draw.random(rows) < 0.0015), "Magazine": ["No"] * rows, "Newspaper Article": _yes(draw.random(rows) < 0.0002),
        "Digital Advertisement": _yes(draw.random(rows) < 0.0004), "Through Recommendations": _yes(draw.random(rows) < 0.0008),
        "Receive More Updates About Our Courses": ["No"] * rows, "Tags": tags, "Lead Quality": quality,
        "Lead Profile": _pick(draw, rows, {"Select": 45, "": 29, "Potential Lead": 17.5, "Other Leads": 5.3}),
        "City": _pick(draw, rows, {"Mumbai": 35, "Select": 24, "": 15, "Thane & Outskirts": 8, "Other Cities": 7}),
        "Asymmetrique Activity Index": _pick(draw, rows, {"": 45.6, "02.Medium": 41.5, "01.High": 8.9, "03.Low": 3.9}),
        "Asymmetrique Profile Score": _gaps(draw, draw.integers(11, 21, rows).astype(float), 0.456),
        "A free copy of Mastering The Interview": _yes(draw.random(rows) < 0.31),
        "Last Notable Activity": np.where(draw.random(rows) < 0.4, "Modified", activity),
    }  # fmt: skip
    return Drawn(_table(columns), "Converted", chance, ("Tags", "Lead Quality"))


def calls(rows: int = 12_000, seed: int = 2) -> Drawn:
    """A bank's calls: how long a call lasted is known only when it is over; 999 days means never."""
    draw = np.random.default_rng(seed)
    age, campaign = draw.gamma(12, 3.4, rows).round().clip(17, 95), draw.geometric(0.39, rows)
    job = _pick(draw, rows, {"admin.": 25, "blue-collar": 22, "technician": 16, "services": 10, "management": 7, "retired": 4,
                             "entrepreneur": 3.5, "housemaid": 2.6, "unemployed": 2.5, "student": 2.1, "unknown": 0.8})  # fmt: skip
    months = {"may": 33, "jul": 17, "aug": 15, "jun": 13, "nov": 10, "apr": 6.4, "oct": 1.7, "sep": 1.4, "mar": 1.3}
    month = _pick(draw, rows, months)
    rate = np.where(draw.random(rows) < 0.62, draw.normal(4.9, 0.07, rows), draw.normal(1.25, 0.25, rows)).round(3)
    again = draw.random(rows) < np.where(rate < 3, 0.25, 0.03)
    before = np.where(again, draw.choice(["success", "failure"], rows, p=[0.28, 0.72]), "nonexistent")
    pull = (
        -3.1 + 1.5 * (rate < 3) + 1.9 * (before == "success") - 0.06 * campaign + 0.6 * np.isin(job, ["student", "retired"])
        + 0.8 * np.isin(month, ["mar", "oct", "sep"]) - 0.7 * (month == "may") + 0.00025 * (age - 40) ** 2 - 0.3 * (job == "blue-collar")
    )  # fmt: skip
    chance, came = _came(draw, pull)
    duration = (draw.gamma(1.6, np.where(came, 345, 138))).round()
    columns: dict[str, Sequence[object]] = {
        "age": age.astype(int), "job": job, "marital": _pick(draw, rows, {"married": 60, "single": 28, "divorced": 11}),
        "education": _pick(draw, rows, {"university.degree": 30, "high.school": 23, "basic.9y": 15, "unknown": 4, "basic.4y": 10}),
        "default": _pick(draw, rows, {"no": 79, "unknown": 21}), "housing": _pick(draw, rows, {"yes": 52, "no": 45, "unknown": 2.4}),
        "contact": _pick(draw, rows, {"cellular": 63, "telephone": 37}), "month": month,
        "day_of_week": _pick(draw, rows, dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), 1)), "duration": duration.astype(int),
        "campaign": campaign, "pdays": np.where(before == "success", draw.integers(1, 12, rows), 999),
        "previous": again.astype(int) * draw.integers(1, 3, rows), "poutcome": before, "euribor3m": rate,
        "nr.employed": np.where(rate > 3, 5228.1, 5076.2), "y": np.where(came, "yes", "no"),
    }  # fmt: skip
    return Drawn(_table(columns), "y", chance, ("duration",))


def firms(rows: int = 4000, seed: int = 3) -> Drawn:
    """A German software house: amounts with commas and CHF, dates, towns and referrers by the hundred, texts; few win."""
    draw = np.random.default_rng(seed)
    towns, partners = 900, 250
    town, partner = draw.zipf(1.35, rows) % towns, draw.zipf(1.4, rows) % partners
    of_town, of_partner = draw.normal(0, 0.5, towns), draw.normal(0, 1.0, partners)
    size, budget = draw.lognormal(4, 1.4, rows), draw.lognormal(9, 1, rows)
    trade = _pick(draw, rows, {"Maschinenbau": 20, "Handel": 30, "Gesundheit": 15, "Software": 20, "k. A.": 15})
    first, rise = draw.uniform(0, 900, rows), draw.uniform(0, 60, rows)
    asks = draw.random(rows) < 0.25
    pull = (
        -3.6 + of_town[town] + of_partner[partner] + 0.7 * np.tanh((np.log(size) - 4) * 1.5) * (trade == "Software")
        + 0.9 * asks + 0.6 * ((budget > 12_000) & (size > 60)) - 0.02 * rise
    )  # fmt: skip
    chance, came = _came(draw, pull)
    wishes = np.array(
        [
            "wir suchen eine Lösung für die Zeiterfassung",
            "bitte um Unterlagen und Preise",
            "Newsletter gelesen, nur Interesse",
        ]
    )
    said = np.array(["wir möchten bitte eine Demo und ein Angebot", "Angebot dringend, Demo noch diese Woche"])
    text = np.where(asks, said[draw.integers(0, 2, rows)], wishes[draw.integers(0, 3, rows)])
    text = np.array([f"{t} {n % 37} {n % 11}" for n, t in enumerate(text)])
    day = np.datetime64("2023-01-01") + first.astype(int)
    columns: dict[str, Sequence[object]] = {
        "Nr.": np.arange(rows) + 20_001, "Erstkontakt": [f"{str(d)[8:]}.{str(d)[5:7]}.{str(d)[:4]}" for d in day],
        "Letzte Antwort": [f"{str(d)[8:]}.{str(d)[5:7]}.{str(d)[:4]}" for d in day + rise.astype(int)],
        "Ort": [f"Ort {n}" for n in town], "Vermittler": [f"P-{n:03d}" for n in partner], "Branche": trade,
        "Mitarbeitende": [f"{n:,.0f}".replace(",", "’") for n in size], "Budget": [_swiss(n) for n in budget],
        "Rabatt": [f"{n} %" for n in draw.integers(0, 20, rows)], "Anfrage": _gaps(draw, text, 0.3),
        "E-Mail": [f"a{n}@{'firma' + str(n % 700) if n % 3 else 'gmail'}.example" for n in range(rows)],
        "Verlustgrund": np.where(came, "", _pick(draw, rows, {"Preis": 40, "Kein Bedarf": 40, "": 20})),
        "Gewonnen": np.where(came, "ja", "nein"),
    }  # fmt: skip
    return Drawn(_table(columns), "Gewonnen", chance, ("Verlustgrund",))


def wide(rows: int = 3000, seed: int = 4, columns: int = 150, rate: float = -5.2) -> Drawn:
    """Many weak columns, numbers and codes, a few that matter together, gaps that mean something, one outcome in fifty."""
    draw = np.random.default_rng(seed)
    numbers = draw.normal(size=(rows, columns // 2))
    numbers[:, 1::2] += 0.5 * numbers[:, ::2][:, : numbers[:, 1::2].shape[1]]
    codes = draw.integers(0, 9, (rows, columns - columns // 2))
    gap = draw.random(rows) < 0.3
    pull = (
        rate + 0.7 * numbers[:, 0] + 0.5 * numbers[:, 3] + 0.9 * np.abs(numbers[:, 6]) + 0.7 * (codes[:, 2] == 4)
        + 0.8 * (codes[:, 5] % 3 == 0) * (numbers[:, 9] > 0) + 0.9 * gap + 0.3 * np.sin(2 * numbers[:, 12])
    )  # fmt: skip
    chance, came = _came(draw, pull)
    made: dict[str, Sequence[object]] = {f"n{i}": np.round(numbers[:, i], 4) for i in range(numbers.shape[1])}
    made |= {f"c{i}": [f"k{n}" for n in codes[:, i]] for i in range(codes.shape[1])}
    made["n0"] = np.where(gap, "N/A", np.round(numbers[:, 0], 4).astype(str))
    return Drawn(_table(made | {"won": np.where(came, "True", "False")}), "won", chance, ())


def small(rows: int = 240, seed: int = 5) -> Drawn:
    """Few leads, few columns, and half of it noise."""
    draw = np.random.default_rng(seed)
    score, calls_, area = draw.normal(size=rows), draw.poisson(2, rows), _pick(draw, rows, {"N": 2, "S": 2, "W": 1})
    chance, came = _came(draw, -0.6 + 0.9 * score + 0.3 * calls_ - 0.5 * (area == "N"))
    columns: dict[str, Sequence[object]] = {
        "score": np.round(score, 3), "calls": calls_, "area": area, "x": np.round(draw.normal(size=rows), 3),
        "y": draw.integers(0, 50, rows), "team": _pick(draw, rows, dict.fromkeys("ABCDEFGH", 1)),
        "status": np.where(came, "won", "lost"),
    }  # fmt: skip
    return Drawn(_table(columns), "status", chance, ())


def _came(draw: Draw, pull: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    chance = 1 / (1 + np.exp(-pull))
    return chance, draw.random(len(pull)) < chance


def _pick(draw: Draw, rows: int, weights: dict[str, float]) -> Words:
    shares = np.array(list(weights.values()))
    return draw.choice(np.array(list(weights)), rows, p=shares / shares.sum())


def _gaps(draw: Draw, values: NDArray[np.float64] | Words, share: float) -> Words:
    return np.where(draw.random(len(values)) < share, "", values.astype(str))


def _yes(values: NDArray[np.bool_]) -> Words:
    return np.where(values, "Yes", "No")


def _swiss(amount: float) -> str:
    return f"CHF {amount:,.2f}".replace(",", "’").replace(".", ",")


def _table(columns: dict[str, Sequence[object]]) -> Table:
    from reif.qualify.predict.tables.table import MISSING

    return Table({n: [None if (t := str(v).strip()).lower() in MISSING else t for v in c] for n, c in columns.items()})
