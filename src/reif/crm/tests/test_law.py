"""Who may be written to: the table, the stricter of two countries, the house's own rules, and the reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.utils.translation import override

from reif.crm.consent import ask, give, may_mail, withdraw
from reif.crm.law import house as houses
from reif.crm.law.house import House, OwnRule, answer_with
from reif.crm.law.may import Verdict, may, verdicts
from reif.crm.law.permitted import permitted
from reif.crm.law.stricter import rule_for, stricter
from reif.crm.law.table import ADDRESSEES, CHANNELS, COUNTRIES, Demand, Rule, written
from reif.crm.models import Consent, Person, Suppression
from reif.crm.permit import Brought, bring, note_customers
from reif.crm.suppress import suppress
from reif.crm.tests.people import a_company, a_person
from reif.kit.clock import travel

pytestmark = pytest.mark.django_db
ALL_OF_DE = ("sale", "own_similar", "notice_at_collection", "no_objection")
DE, CH, AT = House("DE"), House("CH"), House("AT")


@pytest.fixture(autouse=True)
def house() -> Iterator[Any]:
    """A house in Switzerland; call it with another one."""
    before = houses._ask[0]

    def put(one: House) -> None:
        answer_with(lambda: one)

    put(CH)
    yield put
    answer_with(before)


def agreed(person: Person, double: bool = True, **fields: Any) -> Consent:
    consent = ask(person, "marketing", "Ja, gern.", "v1", **fields)
    give(consent, double=double)
    return consent


def why(person: Person, channel: str = "email") -> str:
    return may(person, "marketing", channel).why


def test_every_country_says_something_about_every_channel() -> None:
    for country, channel, to in product(COUNTRIES, CHANNELS, ADDRESSEES):
        assert written(country, channel, to).law


class TestTheStricterWins:
    @pytest.mark.parametrize(
        ("country", "seat", "demand"),
        [
            ("CH", "CH", Demand.EXPRESS), ("DE", "CH", Demand.DOUBLE), ("CH", "DE", Demand.DOUBLE),
            ("AT", "AT", Demand.DOUBLE), ("", "CH", Demand.DOUBLE), ("FR", "CH", Demand.DOUBLE), ("CH", "", Demand.DOUBLE),
        ],
    )  # fmt: skip
    def test_for_mail(self, country: str, seat: str, demand: Demand) -> None:
        assert rule_for(country, "email", "business", House(seat)).demand is demand

    def test_in_every_point(self) -> None:
        rule = rule_for("AT", "email", "consumer", CH)
        assert rule.soft == {"sale", "purchase", "own_similar", "notice_at_collection", "no_objection"}
        assert rule.ecg
        assert rule_for("DE", "phone", "consumer", CH).keep_years == 5
        assert stricter(Rule(Demand.NOTHING, frozenset("a")), Rule(Demand.EXPRESS)).soft is None

    def test_a_call_to_a_german_business_may_be_presumed_to_a_consumer_never(self) -> None:
        assert rule_for("DE", "phone", "business", DE).demand is Demand.PRESUMED
        assert rule_for("DE", "phone", "consumer", DE).demand is Demand.EXPRESS
        assert rule_for("AT", "phone", "business", DE).demand is Demand.EXPRESS

    def test_the_house_may_be_stricter_and_laxer_with_a_reason_only(self) -> None:
        stricter_, lax = OwnRule("CH", demand=Demand.DOUBLE), OwnRule("DE", demand=Demand.EXPRESS)
        assert rule_for("CH", "email", "consumer", House("CH", (stricter_,))).demand is Demand.DOUBLE
        assert rule_for("DE", "email", "consumer", House("DE", (lax,))).demand is Demand.DOUBLE
        told = OwnRule("DE", demand=Demand.EXPRESS, reason="Gutachten von Dr. Muster vom 3. Mai.")
        assert rule_for("DE", "email", "consumer", House("DE", (told,))).demand is Demand.EXPRESS
        assert rule_for("DE", "email", "consumer", House("DE", (OwnRule(soft=False),))).soft is None


class TestPermission:
    def test_none_asked_confirmed_withdrawn(self) -> None:
        person = a_person(country="DE")
        assert why(person) == "none"
        consent = ask(person, "marketing", "Ja.", "v1")
        assert why(person) == "waiting"
        give(consent)
        assert why(person) == "double"
        withdraw([person.pk])
        assert why(person) == "withdrawn"

    def test_a_single_opt_in_is_enough_in_switzerland_and_nowhere_else(self) -> None:
        swiss, german = a_person(country="CH"), a_person(country="DE")
        unknown, by_firm = a_person(), a_person(company=a_company(country="CH"))
        for person in (swiss, german, unknown, by_firm):
            agreed(person, double=False)
        assert [why(p) for p in (swiss, german, unknown, by_firm)] == [
            "express", "not_confirmed", "not_confirmed", "express",
        ]  # fmt: skip

    def test_it_is_bound_to_the_address(self) -> None:
        person = a_person(country="DE", email="alt@firma.example")
        agreed(person)
        Person.objects.filter(pk=person.pk).update(email="neu@firma.example")
        assert why(person) == "other_address"
        assert may_mail([person.pk]) == set()

    def test_each_purpose_and_channel_is_a_switch_of_its_own(self) -> None:
        person = a_person(country="AT", phone="+43 1 000 00 00")
        agreed(person)
        assert why(person, "phone") == why(person, "sms") == "none"
        agreed(person, channel="phone", double=False)
        assert why(person, "phone") == "express"
        assert may(person, "newsletter").why == "none"
        withdraw([person.pk], "marketing", channel="phone")
        assert (why(person), why(person, "phone")) == ("double", "withdrawn")

    def test_a_number_is_the_same_with_blanks(self) -> None:
        person = a_person(country="DE", phone="+49 30 0000 11")
        agreed(person, channel="phone", double=False, address="+4930000011")
        assert why(person, "phone") == "express"

    def test_letters_go_until_somebody_objects(self) -> None:
        person = a_person(country="DE")
        assert why(person, "post") == "nothing_needed"
        agreed(person, channel="post")
        withdraw([person.pk], channel="post")
        assert why(person, "post") == "withdrawn"

    def test_a_call_to_a_business_rests_on_its_enquiry(self) -> None:
        person = a_person(country="CH", phone="+41 44 000 00 00", company=a_company())
        assert why(person, "phone") == "none"
        Person.objects.filter(pk=person.pk).update(basis="contract")
        assert why(person, "phone") == "presumed"

    def test_dead_and_missing_addresses(self) -> None:
        person = a_person(country="CH")
        agreed(person)
        suppress([(str(person.email), "550")], "hard_bounce")
        assert why(person) == "dead_address"
        assert why(a_person(email=None)) == "no_address"


class TestObjection:
    def test_it_outlives_imports_and_ends_with_a_consent_of_their_own(self) -> None:
        person = a_person(country="DE")
        agreed(person)
        suppress([(str(person.email), "")], "objected")
        assert why(person) == "objected"
        assert bring([Brought(person, double=True, evidence={"source": "old list"})]) == [person]
        assert note_customers([person], ["purchase", *ALL_OF_DE], source="shop") == [person]
        with travel(timedelta(minutes=5)):
            agreed(person)
        assert why(person) == "double"

    def test_only_a_hash_is_kept(self) -> None:
        suppress([("Vera@Firma.example", "")], "erased")
        row = Suppression.objects.get()
        assert "vera" not in f"{row.address_hash}{row.code}{row.reason}".lower()
        assert len(row.address_hash) == 64


class TestSoftOptIn:
    def test_all_conditions_of_both_countries(self, house: Any) -> None:
        house(DE)
        person = a_person(country="DE")
        note_customers([person], ALL_OF_DE[:-1], source="order 7")
        assert may(person).lacks == ("no_objection",)
        note_customers([a_person(country="DE")], ALL_OF_DE, source="order 8")
        withdraw([person.pk])
        note_customers([person], ALL_OF_DE, source="order 7")
        assert why(person) == "soft_opt_in"

    def test_an_account_is_a_sale_in_germany_and_none_in_switzerland(self, house: Any) -> None:
        swiss, german = a_person(country="CH"), a_person(country="DE")
        note_customers([swiss, german], ALL_OF_DE, source="account opened")
        house(DE)
        assert (why(german), why(swiss)) == ("soft_opt_in", "soft_lacks")
        assert may(swiss).lacks == ("purchase",)

    def test_the_words_name_what_is_missing(self) -> None:
        person = a_person(country="CH")
        note_customers([person], ALL_OF_DE, source="account opened")
        with override("de"):
            assert "ein Konto genügt nicht" in may(person).reason
        with override("en"):
            assert may(person).reason.startswith("No, because the soft opt-in does not hold")

    def test_an_unknown_condition_is_refused(self) -> None:
        with pytest.raises(ValueError, match="unknown conditions"):
            note_customers([a_person()], ["friend"], source="x")


class TestFromElsewhere:
    def test_it_needs_its_evidence(self) -> None:
        with pytest.raises(ValueError, match="source"):
            bring([Brought(a_person())])

    def test_it_counts_as_far_as_it_is_proven(self) -> None:
        proven, told = a_person(country="DE"), a_person(country="DE")
        source = {"source": "Mailchimp export of 2026-03-01"}
        assert bring([Brought(proven, double=True, evidence=source), Brought(told, evidence=source)]) == []
        assert (why(proven), why(told)) == ("double", "not_confirmed")
        assert Consent.objects.get(person=proven).evidence == source

    def test_a_second_time_adds_nothing(self) -> None:
        person = a_person()
        one = Brought(person, double=True, evidence={"source": "list"})
        bring([one])
        bring([one])
        assert Consent.objects.count() == 1


def everybody() -> list[Person]:
    """One of each kind, crossed with countries and addressees."""
    people = []
    for country, firm, kind in product(
        ("CH", "DE", "AT", "FR", ""), (None, "CH", "DE", ""),
        ("none", "asked", "single", "double", "withdrawn", "moved", "soft", "soft_account", "imported", "based", "erased"),
    ):  # fmt: skip
        company = a_company(country=firm) if firm is not None else None
        person = a_person(country=country, company=company, basis="contract" if kind == "based" else "")
        _give(person, kind)
        people.append(person)
    return people


def _give(person: Person, kind: str) -> None:
    match kind:
        case "asked":
            ask(person, "marketing", "Ja", "1")
        case "single" | "double" | "withdrawn" | "moved" | "erased":
            agreed(person, double=kind != "single", address="old@firma.example" if kind == "moved" else "")
        case "soft":
            note_customers([person], ["purchase", *ALL_OF_DE], source="order")
        case "soft_account":
            note_customers([person], ALL_OF_DE, source="account")
        case "imported":
            bring([Brought(person, double=True, evidence={"source": "list"})])
    if kind == "withdrawn":
        withdraw([person.pk])
    if kind == "erased":
        Person.objects.filter(pk=person.pk).update(erased_at=person.created_at, email=None)


RULES = (
    House(""), CH, DE, AT, House("CH", (OwnRule("*", demand=Demand.DOUBLE),)), House("DE", (OwnRule("DE", soft=False),)),
    House("CH", (OwnRule("CH", to="business", demand=Demand.PRESUMED, reason="Gutachten"),)),
    House("AT", (OwnRule("AT", to="consumer", demand=Demand.NEVER),)),
)  # fmt: skip


def test_the_list_in_sql_is_the_answer_for_each(house: Any, django_assert_max_num_queries: Any) -> None:
    ids = [p.pk for p in everybody()]
    for one in RULES:
        house(one)
        with django_assert_max_num_queries(6):
            answers = verdicts(ids)
        said = {i for i, verdict in answers.items() if verdict.yes}
        assert set(Person.objects.filter(permitted()).values_list("id", flat=True)) == said
        assert 0 < len(said) < len(ids)


def test_every_answer_has_words_in_both_languages() -> None:
    told: dict[str, list[tuple[str, str]]] = {}
    answers: list[Verdict] = list(verdicts([p.pk for p in everybody()]).values())
    for language in ("de", "en"):
        with override(language):
            told[language] = [(v.reason, v.needed) for v in answers]
    assert len({v.why for v in answers}) > 6
    for (german, wanted), (english, asked), verdict in zip(told["de"], told["en"], answers, strict=True):
        assert german != english
        assert german.startswith("Ja" if verdict.yes else "Nein")
        assert bool(wanted) == bool(asked) == (not verdict.yes and verdict.rule.demand is not Demand.NEVER)
