"""Visitor, device, person: attached once, to the first, never to two; and what strangers can and cannot do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reif.capture.tests.beacons import a_beacon, an_alias, an_identify, tell
from reif.capture.web.mail_browsers import MOST
from reif.channels.email.tokens import arrival_of, token_of
from reif.crm.models import Company, Identity, Person, Visitor
from reif.crm.tests.people import a_person
from reif.door.canonical import Canonical
from reif.kit import token
from reif.kit.clock import now, travel
from reif.log.models import Event
from reif.log.read import timeline

pytestmark = pytest.mark.django_db


def owner(key: str) -> int | None:
    return Visitor.objects.get(key=key).person_id


def views_of(person: Person) -> list[str]:
    found = timeline(
        person.pk, Visitor.objects.filter(person=person).values_list("id", flat=True), kinds=["page.viewed"]
    )
    return sorted(event.topic for event in found)


class TestMails:
    def test_a_link_in_a_mail_makes_each_device_known_with_its_past(self) -> None:
        vera = a_person()
        tell(a_beacon(visitor="phone", path="/a"), a_beacon(visitor="desk", path="/b"))
        for device in ("phone", "desk"):
            tell(a_beacon(visitor=device, path=f"/c?reif={arrival_of(vera.pk)}"))
        assert {owner("phone"), owner("desk")} == {vera.pk}
        assert views_of(vera) == ["/a", "/b", "/c", "/c"]
        assert Event.objects.filter(kind="visitor.identified", topic="mail").count() == 2

    def test_nothing_of_the_token_is_kept(self) -> None:
        vera = a_person()
        tell(a_beacon(path=f"/c?reif={arrival_of(vera.pk)}&x=1"))
        assert "reif=" not in str(list(Event.objects.values()))

    @pytest.mark.parametrize("forge", [
        lambda person: arrival_of(person)[:-2] + "xx",
        lambda person: token_of(person),
        lambda person: token.sign("another secret", "arrival", person, until=now() + timedelta(hours=1)),
        lambda person: token.sign(settings.SECRET_KEY, "form", person, until=now() + timedelta(hours=1)),
        str,
    ])  # fmt: skip
    def test_a_token_that_is_forged_or_meant_for_something_else_says_nothing(self, forge: Callable[[int], str]) -> None:
        vera = a_person()
        tell(a_beacon(path=f"/c?reif={forge(vera.pk)}"))
        assert owner("v-1") is None

    def test_an_hour_later_the_address_says_nothing_any_more(self) -> None:
        arrival = arrival_of(a_person().pk)
        with travel(timedelta(minutes=61)):
            tell(a_beacon(path=f"/c?reif={arrival}"))
        assert owner("v-1") is None

    def test_a_mail_that_was_passed_on_does_not_take_a_known_browser(self) -> None:
        vera, stranger = a_person(), a_person()
        tell(a_beacon(path=f"/c?reif={arrival_of(stranger.pk)}"))
        tell(a_beacon(path=f"/d?reif={arrival_of(vera.pk)}"))
        assert owner("v-1") == stranger.pk
        assert views_of(vera) == []

    def test_a_mail_that_was_passed_on_to_many_stops_making_browsers_known(self) -> None:
        vera = a_person()
        tell(*(a_beacon(visitor=f"v-{n}", path=f"/c?reif={arrival_of(vera.pk)}") for n in range(MOST + 3)))
        tell(a_beacon(visitor="v-late", path=f"/c?reif={arrival_of(vera.pk)}"))
        assert Visitor.objects.filter(person=vera).count() == MOST
        with travel(timedelta(days=31)):
            tell(a_beacon(visitor="v-later", path=f"/c?reif={arrival_of(vera.pk)}"))
        assert owner("v-later") == vera.pk

    def test_the_link_of_somebody_who_was_erased_says_nothing(self) -> None:
        vera = a_person()
        Person.objects.filter(pk=vera.pk).update(erased_at=now())
        tell(a_beacon(path=f"/c?reif={arrival_of(vera.pk)}"))
        assert owner("v-1") is None

    def test_without_personal_consent_a_link_says_nothing(self) -> None:
        tell(a_beacon(path=f"/c?reif={arrival_of(a_person().pk)}", level="aggregate"))
        assert not Visitor.objects.exists()


class TestLogins:
    def test_a_login_joins_the_devices_of_a_user(self) -> None:
        tell(a_beacon(visitor="phone", path="/a"), a_beacon(visitor="desk", path="/b"))
        tell(an_identify("u-1", "vera@firma.example", "phone"), an_identify("u-1", "", "desk"))
        vera = Person.objects.get()
        assert {owner("phone"), owner("desk")} == {vera.pk}
        assert views_of(vera) == ["/a", "/b"]

    @pytest.mark.parametrize("together", [True, False])
    def test_of_two_logins_on_one_device_the_first_has_its_past_and_each_has_what_names_them(
        self, together: bool
    ) -> None:
        events = [a_beacon(visitor="shared", path="/before"), an_identify("u-1", "vera@firma.example", "shared"),
                  an_identify("u-2", "boris@firma.example", "shared")]  # fmt: skip
        for batch in [events] if together else [[event] for event in events]:
            tell(*batch)
        vera, boris = Person.objects.get(email="vera@firma.example"), Person.objects.get(email="boris@firma.example")
        assert owner("shared") == vera.pk
        named = an_identify("u-2", "", "shared")
        named.type, named.event = "track", "Bought"
        tell(named)
        assert Event.objects.get(kind="event.tracked").person_id == boris.pk
        assert views_of(vera) == ["/before"]
        assert views_of(boris) == []

    def test_what_a_browser_claims_fills_gaps_and_changes_nothing(self) -> None:
        vera = a_person(email="vera@firma.example", first_name="Vera", city="")
        claim = an_identify("u-1", "vera@firma.example", "v-9")
        claim.traits |= {"first_name": "Mallory", "city": "Bern"}
        claim.context.claimed = True
        tell(claim)
        vera.refresh_from_db()
        assert (vera.first_name, vera.city) == ("Vera", "Bern")
        claim.message_id, claim.context.claimed = "m-server", False
        tell(claim)
        vera.refresh_from_db()
        assert vera.first_name == "Mallory"


class TestAliases:
    def test_an_alias_brings_the_past_whichever_comes_first(self) -> None:
        tell(a_beacon(visitor="anon", path="/a"))
        tell(an_alias("anon", "u-1"))
        tell(an_identify("u-1", "vera@firma.example"))
        assert views_of(Person.objects.get()) == ["/a"]

    def test_another_name_for_a_known_user(self) -> None:
        tell(an_identify("u-old", "vera@firma.example"))
        tell(an_alias("u-old", "u-new"))
        assert set(Identity.objects.values_list("value", "person__email")) == {
            ("u-old", "vera@firma.example"), ("u-new", "vera@firma.example"),
        }  # fmt: skip

    def test_two_known_users_stay_two(self) -> None:
        tell(an_identify("u-1", "vera@firma.example"), an_identify("u-2", "boris@firma.example"))
        tell(an_alias("u-1", "u-2"))
        assert Person.objects.count() == 2
        assert dict(Identity.objects.values_list("value", "person__email"))["u-2"] == "boris@firma.example"


def test_one_address_of_the_internet_joins_nobody() -> None:
    tell(*(a_beacon(visitor=f"v-{n}", ip="192.0.2.1") for n in range(3)))
    tell(an_identify("u-1", "vera@firma.example", "v-0"))
    assert Visitor.objects.exclude(person=None).count() == 1


def test_a_company_is_known_by_its_mail_domain_alone() -> None:
    tell(an_identify("u-1", "vera@firma.example", "v-1"), an_identify("u-2", "boris@gmail.com", "v-2"))
    tell(a_beacon(visitor="v-3", ip="192.0.2.1"))
    assert list(Company.objects.values_list("domain", flat=True)) == ["firma.example"]


class TestOrder(TestCase):
    """Whatever the order and the batches: one owner, no event twice, no event of one with the other."""

    @runs(max_examples=25, deadline=None)
    @given(st.randoms(use_true_random=False))
    def test_the_same_person_ends_with_the_same_history(self, chance: Random) -> None:
        events = [a_beacon(visitor=v, path=f"/{v}{n}") for v in ("a", "b", "c") for n in range(2)]
        events += [an_identify("u-1", "vera@firma.example", "a"), an_identify("u-1", "", "b"), an_alias("c", "u-1")]
        for batch in batches(chance, events):
            tell(*batch)
        tell(*batches(chance, events)[0])  # and some come again
        vera = Person.objects.get()
        assert {owner(key) for key in "abc"} == {vera.pk}
        assert views_of(vera) == ["/a0", "/a1", "/b0", "/b1", "/c0", "/c1"]
        assert Event.objects.filter(kind="visitor.identified", visitor_id__in=some_visitors("abc")).count() == 3

    @runs(max_examples=25, deadline=None)
    @given(st.randoms(use_true_random=False), st.randoms(use_true_random=False))
    def test_of_two_people_the_first_keeps_the_browser_however_it_is_batched(self, chance: Random, cut: Random) -> None:
        events = [a_beacon(visitor="s", path=f"/{n}") for n in range(3)]
        events += [an_identify(f"u-{n}", f"p{n}@firma.example", "s") for n in range(2)]
        chance.shuffle(events)
        first = next(e for e in events if e.type == "identify")
        for batch in slices(cut, events):
            tell(*batch)
            assert Visitor.objects.filter(key="s").count() <= 1
        mine = Person.objects.get(email=first.traits["email"])
        other = Person.objects.exclude(pk=mine.pk).get()
        assert owner("s") == mine.pk
        assert views_of(mine) == ["/0", "/1", "/2"]
        assert views_of(other) == []


def some_visitors(keys: str) -> list[int]:
    return list(Visitor.objects.filter(key__in=list(keys)).values_list("id", flat=True))


def batches(chance: Random, events: list[Canonical]) -> list[list[Canonical]]:
    mixed = list(events)
    chance.shuffle(mixed)
    return slices(chance, mixed)


def slices(chance: Random, events: list[Canonical]) -> list[list[Canonical]]:
    cuts = sorted(chance.sample(range(1, len(events)), chance.randrange(len(events) - 1)))
    return [events[a:b] for a, b in zip([0, *cuts], [*cuts, len(events)], strict=True)]
