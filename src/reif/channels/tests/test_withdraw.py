"""Somebody takes a permission back, or is forgotten: nothing that waits goes out, and nothing says who it was."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reif.channels.email.compose import Letter, queue
from reif.channels.law.retain import due, retain
from reif.channels.law.shape import ConsentBook, Retention
from reif.channels.mails import Hours, Limits
from reif.channels.models import Captured
from reif.channels.tests.conftest import ANY_TIME, InForce
from reif.channels.tests.letters import a_letter, a_mail, a_reader, texts
from reif.crm.activities import finish, note, plan
from reif.crm.basis import Ground, record
from reif.crm.consent import ask, give, may_mail, withdraw
from reif.crm.deals import open_deal
from reif.crm.erase import erase, strip_old_proofs
from reif.crm.models import Basis, Consent, ConsentUse, Identity, Person, Visitor
from reif.crm.proof import proof_until
from reif.crm.suppress import unwanted
from reif.crm.tests.people import a_company, a_person, a_user
from reif.crm.upsert import Draft as PersonDraft
from reif.crm.upsert import upsert_people
from reif.kit.clock import now, travel
from reif.log.append import append, writing
from reif.log.catalogue.web import EventTracked, PageViewed
from reif.log.models import Effect, Event, Text
from reif.log.worker import settle
from reif.playbook.apply import apply
from reif.playbook.draft import Draft
from reif.rules.decode import decode

pytestmark = pytest.mark.django_db
NIGHT = Limits(most=100, hours=Hours(0, 24))


def states(*keys: int) -> list[tuple[int, str]]:
    return [(e.state, e.note) for e in Effect.objects.filter(id__in=keys).order_by("id")]


def test_withdrawing_one_purpose_calls_off_its_letters_and_no_others(in_force: InForce) -> None:
    in_force(
        texts(a_mail(), a_mail("offer").__class__(**{**_fields(a_mail("offer")), "purpose": "offers"}), limits=ANY_TIME)
    )
    person = a_reader()
    give(ask(person, "offers", "Ja.", "1"))
    later = now() + timedelta(days=1)
    news, offer = a_letter(person, not_before=later), a_letter(person, mail="offer", not_before=later)
    service = queue([Letter("t:1", "confirm", person=person.pk, kind="service", not_before=later)])["t:1"]
    withdraw([person.pk], "marketing")
    settle()
    assert states(news.id, offer.id, service) == [
        (Effect.SKIPPED, "no_permission"), (Effect.READY, ""), (Effect.READY, ""),
    ]  # fmt: skip
    assert Event.objects.filter(kind="mail.skipped").count() == 1


def _fields(mail: Any) -> dict[str, Any]:
    return {name: getattr(mail, name) for name in mail.__struct_fields__}


def test_a_mail_asks_for_the_consent_of_its_own_purpose(in_force: InForce) -> None:
    offer = a_mail("offer").__class__(**{**_fields(a_mail("offer")), "purpose": "offers"})
    in_force(texts(a_mail(), offer, limits=ANY_TIME))
    letter = a_letter(a_reader(), mail="offer")
    settle()
    assert states(letter.id) == [(Effect.SKIPPED, "no_permission")]


@pytest.fixture
def vera(in_force: InForce) -> Person:
    """Somebody with a whole history, whose name stands everywhere."""
    person = a_person(
        first_name="Vera", last_name="Unverkennbar", email="vera@unverkennbar.example", phone="+49 30 123456",
        country="DE", city="Unverkennbarhausen", traits={"dog": "Unverkennbar"}, utm={"utm_term": "Unverkennbar"},
        company=a_company(),
    )  # fmt: skip
    give(ask(person, "marketing", "Ja, gern.", "v1", url="/p/x?name=Unverkennbar", ip="192.0.2.1"), ip="192.0.2.2")
    visitor = Visitor.objects.create(key="unverkennbar-key", person=person, first_seen=now())
    Identity.objects.create(kind="user_id", value="unverkennbar-7", person=person)
    user = a_user()
    note(person, "Frau Unverkennbar rief an.", by=user.pk)
    plan("call", "Unverkennbar anrufen", person=person, owner=user.pk, by=user.pk, due_at=now())
    deal = open_deal(person=person, name="Vera Unverkennbar: HR", cents=100, owner=user.pk)
    record([Ground(person.pk, "contract", "form:demo", "Unverkennbar asked for a demo")])
    with writing():
        append(
            PageViewed(
                person=person.pk,
                visitor=visitor.pk,
                topic="/preise",
                url="http://x/?n=Unverkennbar",
                title="Unverkennbar",
            ),
            EventTracked(person=person.pk, topic="order", text=json.dumps({"name": "Unverkennbar"})),
        )
    a_letter(person, variables={"name": "Unverkennbar"})
    settle()
    a_letter(person, key="x:late", not_before=now() + timedelta(days=3), variables={"name": "Unverkennbar"})
    assert deal.pk
    return person


def everything() -> str:
    """Every row of every table of ours, as text."""
    from django.apps import apps

    rooms = [
        app for app in apps.get_app_configs() if app.name.startswith("reif.") and app.label not in ("staff", "playbook")
    ]
    return "\n".join(serializers.serialize("json", m.objects.all()) for app in rooms for m in app.get_models())


def test_nothing_says_who_it_was(vera: Person) -> None:
    assert everything().lower().count("unverkennbar") > 12
    sums = (Event.objects.count(), Consent.objects.filter(given_at__isnull=False).count())
    assert erase([vera.pk], by=1) == [vera.pk]
    settle()
    left = [line for line in everything().splitlines() if "unverkennbar" in line.lower() or "192.0.2" in line]
    assert left == []
    assert Event.objects.filter(kind="page.viewed").count() == 1
    assert Event.objects.count() >= sums[0]
    assert Consent.objects.filter(given_at__isnull=False).count() == sums[1]
    assert not Text.objects.exists()
    assert not Captured.objects.exists()
    assert states(Effect.objects.get(key="x:late").id) == [(Effect.SKIPPED, "erased")]
    assert Visitor.objects.get().person is None


def test_a_second_erasure_is_nothing(vera: Person) -> None:
    erase([vera.pk])
    settle()
    assert erase([vera.pk]) == []
    assert Event.objects.filter(kind="person.erased").count() == 1


def test_a_re_import_is_a_stranger_who_wants_no_advertising_until_a_new_consent(vera: Person) -> None:
    erase([vera.pk])
    settle()
    again = upsert_people([PersonDraft("vera@unverkennbar.example")], via="import")[0].person
    assert again.pk != vera.pk
    assert set(unwanted(["vera@unverkennbar.example"])) == {"vera@unverkennbar.example"}
    assert may_mail([again.pk]) == set()
    with travel(timedelta(minutes=1)):
        give(ask(again, "marketing", "Ja, wieder.", "v1"))
        assert may_mail([again.pk]) == {again.pk}


def test_many_at_once_cost_as_many_statements_as_few(in_force: InForce) -> None:
    few, many = [a_person().pk for _ in range(2)], [a_person().pk for _ in range(60)]
    with CaptureQueriesContext(
        connection,
    ) as two:
        erase(few)
    with CaptureQueriesContext(connection) as sixty:
        erase(many)
    assert len(sixty) <= len(two) + 3


class TestProof:
    def called(self, days: int) -> tuple[Person, Consent]:
        person = a_person(country="DE", phone="+49 30 123456", first_name="Vera")
        consent = ask(person, "marketing", "Ja, rufen Sie mich an.", "1", channel="phone")
        give(consent, double=False)
        with travel(timedelta(days=days)):
            call = plan("call", "Call", person=person, owner=None, by=None, due_at=now())
            finish(call, by=None)
            settle()
        return person, consent

    def test_a_call_is_a_use_and_the_five_years_begin_anew(self) -> None:
        person, consent = self.called(days=100)
        consent.refresh_from_db()
        assert ConsentUse.objects.get().consent == consent
        assert consent.used_at
        until = proof_until(consent, person)
        assert until and until.year == consent.used_at.year + 5
        assert (until.month, until.day) == (consent.used_at.month, consent.used_at.day)

    def test_mail_has_no_such_time_and_a_house_may_set_one(self, in_force: InForce) -> None:
        person = a_reader(country="DE")
        consent = Consent.objects.get(person=person)
        assert proof_until(consent, person) is None
        apply(Draft.of(mails=texts(), consent=ConsentBook(keep_proof_months=36)))
        assert proof_until(consent, person)

    def test_it_outlives_an_erasure_and_then_goes_too(self) -> None:
        person, consent = self.called(days=1)
        erase([person.pk])
        settle()
        consent.refresh_from_db()
        assert (consent.address, consent.text) == ("+49 30 123456", "Ja, rufen Sie mich an.")
        assert consent.kept_until
        with travel(consent.kept_until + timedelta(days=1)):
            assert strip_old_proofs() == 1
        consent.refresh_from_db()
        assert (consent.address, consent.kept_until) == ("", None)


class TestRetention:
    RULE = Retention("unconverted", 24, decode({"field": "stage", "op": "one of", "value": ["lead", "mql"]}))

    def test_who_is_quiet_for_too_long_is_forgotten_by_the_clock(self, in_force: InForce) -> None:
        old = now() - timedelta(days=800)
        quiet, customer = a_person(stage="lead", created_at=old), a_person(stage="customer", created_at=old)
        active, agreed, working = (a_person(stage="lead", created_at=old) for _ in range(3))
        new = a_person(stage="lead")
        give(ask(agreed, "marketing", "Ja", "1"))
        open_deal(person=working, name="x", cents=1, owner=None)
        with writing():
            append(PageViewed(person=active.pk, topic="/"))
        apply(Draft.of(mails=texts(), consent=ConsentBook(retention=[self.RULE])))
        assert [list(one.people) for one in due()] == [[quiet]]
        settle()
        with travel(timedelta(days=1, hours=1)):
            settle()
        gone = set(Person.objects.exclude(erased_at=None).values_list("id", flat=True))
        assert gone == {quiet.pk}
        assert {customer.pk, new.pk}.isdisjoint(gone)
        assert unwanted([str(quiet.email)]) == {}
        assert retain() == 0


def test_a_basis_is_recorded_once_ends_and_is_the_strongest_in_the_column(in_force: InForce) -> None:
    person = a_person(country="AT")
    assert (
        record(
            [
                Ground(person.pk, "legitimate_interest_lead", "import:1", told=False),
                Ground(person.pk, "contract", "form:demo"),
            ]
        )
        == 2
    )
    assert record([Ground(person.pk, "contract", "form:demo")]) == 0
    person.refresh_from_db()
    assert person.basis == "contract"
    lead = Basis.objects.get(kind="legitimate_interest_lead")
    assert lead.jurisdiction == "AT"
    assert lead.inform_by and timedelta(days=29) < lead.inform_by - now() < timedelta(days=31)
    record([Ground(person.pk, "consent", "form:x", until=now() + timedelta(days=5))])
    person.refresh_from_db()
    assert person.basis == "consent"
    with travel(timedelta(days=6)):
        settle()
    person.refresh_from_db()
    assert person.basis == "contract"
