"""Values as people write them, brought into one form or refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import phonenumbers
import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reif.capture.imports import choices, dates, names, places
from reif.capture.imports.harmless import harmless, unharmed
from reif.capture.imports.phone import _SIGNS, _quick, phone
from reif.capture.imports.read_rows import RowReader
from reif.capture.imports.refused import Refused
from reif.capture.imports.seen import Seen
from reif.capture.imports.table import Row
from reif.capture.imports.values import Manner
from reif.capture.imports.words import FILES, ROWS, file_words, row_words
from reif.crm.told import Draft, told
from reif.kit.address import normalise

NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "country", "form"),
    [
        ("079 123 45 67", "CH", "+41791234567"), ("+41 (0)79 123 45 67", "DE", "+41791234567"),
        ("0041 79 123 45 67", "CH", "+41791234567"), ("791234567", "CH", "+41791234567"),
        ("41791234567", "CH", "+41791234567"), ("030/1234567", "DE", "+49301234567"),
        ("+43 1 5125678", "CH", "+4315125678"), ("+39 06 698 82700", "CH", "+390669882700"),
    ],
)  # fmt: skip
def test_telephone_numbers(written: str, country: str, form: str) -> None:
    assert phone(written, country) == form


@pytest.mark.parametrize(("written", "key"), [("4,17912E+10", "phone_power"), ("123", "phone"), ("keine", "phone")])
def test_what_is_no_telephone_number(written: str, key: str) -> None:
    with pytest.raises(Refused) as refused:
        phone(written, "CH")
    assert refused.value.key == key


@settings(max_examples=400)
@given(
    st.from_regex(r"(\+|00|0)?[1-9][0-9 ()/-]{4,14}", fullmatch=True),
    st.sampled_from(["CH", "DE", "AT", "IT", "US", "BR"]),
)
@example("006480000", "US")
def test_the_quick_way_for_numbers_agrees_with_the_package(written: str, country: str) -> None:
    if quick := _quick(written.translate(_SIGNS), country):
        number = phonenumbers.parse(written.translate(_SIGNS), country)
        assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == quick


ADDRESS = st.from_regex(r"[a-zA-Z0-9._+-]{1,12}@[a-zA-Z0-9-]{1,8}(\.[a-zA-Z0-9-]{1,6}){1,2}", fullmatch=True)


@settings(max_examples=500)
@given(ADDRESS)
def test_the_quick_way_for_addresses_agrees_with_the_package(written: str) -> None:
    try:
        found = validate_email(written, check_deliverability=False, allow_smtputf8=False)
        slow = f"{found.local_part}@{found.ascii_domain}".lower()
    except EmailNotValidError:
        slow = ""
    try:
        quick = normalise(written)
    except ValueError:
        quick = ""
    assert quick == slow


@pytest.mark.parametrize(
    ("written", "code"),
    [("Schweiz", "CH"), ("SUISSE", "CH"), ("Oesterreich", "AT"), ("Germany", "DE"), ("DEU", "DE"), ("U.S.A.", "US"),
     ("ch", "CH"), ("Vereinigtes Königreich", "GB"), ("UK", "GB"), ("Holland", "NL")],
)  # fmt: skip
def test_countries(written: str, code: str) -> None:
    assert places.country(written) == code


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Frau Prof. Dr. Anna Maria von der Heide", ("Anna Maria", "von der Heide")), ("Heide, Anna", ("Anna", "Heide")),
        ("MÜLLER Jörg", ("Jörg", "MÜLLER")), ("Müller", ("", "Müller")), ("Hans Meier, MBA", ("Hans", "Meier")),
        ("Jean-Luc de la Tour", ("Jean-Luc", "de la Tour")),
    ],
)  # fmt: skip
def test_whole_names(written: str, parts: tuple[str, str]) -> None:
    found = names.split_name(written)
    assert (found.first, found.last) == parts


def test_dates_and_numbers_of_both_manners() -> None:
    assert dates.moment("05.03.2024").date().isoformat() == "2024-03-05"
    assert dates.moment("03/25/2024 2:05 PM", True).date().isoformat() == "2024-03-25"
    assert [dates.number(n) for n in ("1.234", "1'234.50", "1,234,567", "11-50", "1000+")] == [
        1234,
        1234,
        1234567,
        11,
        1000,
    ]
    assert dates.order_of(["03/25/2024", "01/02/2024"]) == "month"
    assert dates.order_of(["25/03/2024", "01/02/2024"]) == "day"
    assert dates.order_of(["03/04/2024", "01/02/2024"]) == dates.order_of(["25/03/2024", "03/25/2024"]) == "unclear"
    assert dates.order_of(["03.04.2024", "2024-01-02"]) == ""
    for wrong in ("31.02.2024", "45123", "gestern"):
        with pytest.raises(Refused):
            dates.moment(wrong)


def test_stages_and_sources_of_others() -> None:
    assert [choices.stage(s) for s in ("marketingqualifiedlead", "Sales Qualified Lead", "Kunde")] == [
        "mql",
        "sql",
        "customer",
    ]
    assert [choices.source(s) for s in ("Organic Search", "PAID_SEARCH", "Messe")] == [
        "ORGANIC_SEARCH",
        "PAID_SEARCH",
        "",
    ]


# -- Rows


def read(mapping: list[str], cells: list[str], **manner: Any) -> Any:
    return RowReader(mapping, Manner(now=NOW, source_name="messe.csv", **manner)).read(Row(2, cells))


def test_a_row_says_what_a_draft_would_say() -> None:
    mapping = ["email", "first_name", "last_name", "country", "city", "company_name", "company_size"]
    cells = [" A@Firma.example ", "Jörg", "Müller", "Schweiz", "Zürich", "Firma AG", "80"]
    one = read(mapping, cells).told
    same = told(Draft("a@firma.example", "Jörg", "Müller", country="CH", city="Zürich", company_name="Firma AG",
                      company_size=80, source="OFFLINE", source_detail_1="IMPORT", source_detail_2="messe.csv"),
                "a@firma.example")  # fmt: skip
    assert one == same


def test_bad_values_are_left_out_and_the_row_is_taken() -> None:
    one = read(["email", "phone", "country", "stage", "first_name"], ["a@x.example", "12", "Atlantis", "??", "x" * 300])
    assert one.told.values == {}
    assert {(p.column, p.key) for p in one.problems} == {(1, "phone"), (2, "country"), (3, "stage"), (4, "too_long")}


@pytest.mark.parametrize(
    ("cells", "key"),
    [
        (["", "Eva"], "address_empty"),
        (["eva.example", "Eva"], "address_no_at"),
        (["a@x.example", "Eva", "mehr"], "ragged"),
    ],
)
def test_rows_that_cannot_be_taken(cells: list[str], key: str) -> None:
    one = read(["email", "first_name"], cells)
    assert one.told is None
    assert [p.key for p in one.problems] == [key]


def test_formulas_stay_text_and_control_characters_go() -> None:
    one = read(["email", "first_name", "last_name"], ["a@x.example", "=1+1", "Mü\x00l\u200bler\nx"])
    assert one.told.values == {"first_name": "=1+1", "last_name": "Mül ler x"}


def test_a_postal_code_gets_its_zero_back_where_it_had_one() -> None:
    assert (
        read(["email", "country", "postal_code"], ["a@x.example", "DE", "1067"]).told.values["postal_code"] == "01067"
    )
    assert read(["email", "country", "postal_code"], ["a@x.example", "CH", "1067"]).told.values["postal_code"] == "1067"


@given(st.text(max_size=20))
def test_harmless_cells_come_back_as_they_were(cell: str) -> None:
    safe = harmless(cell)
    assert not safe or safe[0] not in "=@\t\r" or safe == ""
    if not cell.startswith("'"):
        assert unharmed(safe) == cell


@given(st.lists(st.text(max_size=5), max_size=60))
def test_first_rows_of_addresses(words: list[str]) -> None:
    seen, first = Seen(), {}
    for number, word in enumerate(words, start=1):
        first.setdefault(word, number)
        assert seen.first(word, number) == first[word]


def test_thousands_of_addresses_are_told_apart() -> None:
    seen = Seen()
    assert all(seen.first(f"p{n}@x.example", n + 1) == n + 1 for n in range(20_000))
    assert seen.first("p7@x.example", 99) == 8


def test_every_reason_has_a_sentence_and_a_remedy() -> None:
    values = {"megabytes": "1", "sheet": "a", "sheets": "b", "count": "9", "error": "e"}
    assert all(all(file_words(key, values)) for key in FILES)
    assert all(all(row_words(key, "7")) for key in ROWS)
