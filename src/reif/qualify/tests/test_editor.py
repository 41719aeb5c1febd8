"""A marketer edits a model on pages: kept, seen on real people, published, and nobody's work is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.log.worker import settle
from reif.playbook.current import current, revision
from reif.playbook.draft import read_plain
from reif.qualify.backtest.record import Trial
from reif.qualify.editor.drafts import edited
from reif.qualify.editor.warn import warnings
from reif.qualify.editor.what_if import what_if
from reif.qualify.models import Draft
from reif.qualify.tests.ways import MODEL, SCORING, STAGES, happen, in_force, view

pytestmark = pytest.mark.django_db
PRICE = "/scoring/draft/test/rule/price"


@pytest.fixture
def marketer() -> Client:
    in_force(scoring=SCORING, stages=STAGES)
    settle()
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def people(marketer: Client) -> list[Person]:
    made = [a_person(country="CH") for _ in range(12)]
    happen(*(view(p.id, "/preise") for p in made))
    settle()
    return made


def test_a_change_is_kept_seen_on_people_and_published(marketer: Client, people: list[Person]) -> None:
    sent = {"words_en": "Prices", "on": "page.viewed", "topic": "/preise", "points": "25", "fading": "half_life",
            "fading_days": "30"}  # fmt: skip
    assert marketer.post(PRICE, sent).status_code == 302
    assert current("scoring").main.rules[0].points == 10
    with CaptureQueriesContext(connection) as queries:
        page = marketer.get("/scoring/draft").content.decode()
    assert len(queries) <= 40
    assert ">25 " in page
    assert marketer.post("/scoring/draft", {"note": "more for prices"}).status_code == 302
    rule = current("scoring").main.rules[0]
    assert (rule.points, rule.decay.half_life) == (25, 30)
    assert not Draft.objects.exists()
    settle()
    people[0].refresh_from_db()
    assert (people[0].score, people[0].stage) == (25, "mql")


def test_a_new_rule_with_a_condition_and_its_removal(marketer: Client) -> None:
    sent = {"words_de": "Aus der Schweiz", "points": "7", "g0.match": "all", "g0.r0.field": "country", "g0.r0.op": "is",
            "g0.r0.value": "ch"}  # fmt: skip
    assert marketer.post("/scoring/draft/test/fit/new", sent).status_code == 302
    [new] = [one for one in edited().main.fit if one.words == {"de": "Aus der Schweiz"}]
    assert (new.key, new.points, new.when.value) == ("aus-der-schweiz", 7, "ch")  # type: ignore[attr-defined]
    assert "Aus der Schweiz" in marketer.get(f"/scoring/draft/test/fit/{new.key}").content.decode()
    marketer.post(f"/scoring/draft/test/fit/{new.key}", {"do": "remove"})
    assert new not in edited().main.fit


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"words_de": "", "points": "5"}, "Namen"),
        ({"words_de": "X", "points": "viel"}, "Punkte: Hier ist eine ganze Zahl"),
        ({"words_de": "X", "points": " "}, "Punkte: Geben Sie eine Zahl ein."),
        ({"words_de": "X", "points": "5", "g0.r0.field": "company.sise", "g0.r0.value": "3"}, "company.size"),
    ],
)
def test_what_cannot_be_is_said_and_not_kept(marketer: Client, sent: dict[str, str], words: str) -> None:
    answer = marketer.post("/scoring/draft/test/fit/new", sent, headers={"Accept-Language": "de"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Draft.objects.exists()


def test_who_was_overtaken_is_told_and_keeps_the_draft(marketer: Client) -> None:
    marketer.post("/scoring/draft/test/group/web", {"words_en": "Web", "cap": "20"})
    in_force(scoring={"model": [{"rule": [{"key": "other", "on": "page.viewed", "points": 1}]}]}, stages=STAGES)
    told = marketer.post("/scoring/draft", {})
    assert told.status_code == 409
    assert f"/playbook/revisions/{revision()}" in told.content.decode()
    assert Draft.objects.exists()
    assert current("scoring").main.rules[0].key == "other"


def test_who_was_told_publishes_on_top_or_throws_the_draft_away(marketer: Client) -> None:
    for last in ({}, {"do": "drop"}):
        marketer.post("/scoring/draft/test/group/web", {"words_en": "Web", "cap": str(20 + len(last))})
        in_force(scoring={"model": [{"rule": [{"key": f"r{len(last)}", "on": "page.viewed", "points": 1}]}]})
        assert marketer.post("/scoring/draft", {}).status_code == 409
        assert marketer.post("/scoring/draft", last).status_code == 302
        assert not Draft.objects.exists()
        assert (current("scoring").main.groups != ()) is (last == {})


def test_grades_and_another_model(marketer: Client) -> None:
    frame = {"frame": "1", "graded": "1", "fit": ["9", "6", "3"], "engagement": ["30", "20", "10"], "margin": "2", "take": "max",
             "of": "5"}  # fmt: skip
    assert marketer.post("/scoring/draft/test", frame).status_code == 302
    assert edited().main.grades.fit == (9, 6, 3)  # type: ignore[union-attr]
    assert marketer.post("/scoring/draft/new", {"words_de": "Zweiter Markt"}).status_code == 302
    assert [m.key for m in edited().models] == ["test", "zweiter-markt"]


def test_the_draft_says_what_it_changes(marketer: Client, people: list[Person]) -> None:
    in_force(scoring={"model": [MODEL, {"key": "second", "words": {"en": "Second"}}]})
    assert marketer.get("/scoring/draft").context["changes"] == []
    marketer.post(PRICE, {"words_de": "Preisseite", "words_en": "Price page", "on": "page.viewed", "topic": "/preise",
                          "points": "25", "per_day": "1"})  # fmt: skip
    marketer.post("/scoring/draft/test/rule/away", {"do": "remove"})
    marketer.post("/scoring/draft/second/group/new", {"words_en": "Shop", "cap": "10"})
    shown = marketer.get("/scoring/draft?model=test")
    points, gone, other = shown.context["changes"]
    assert points == "Regel «Preisseite» · Punkte: 10 → 25"
    assert gone == "Regel away entfällt: Für: Von Mails abgemeldet, Punkte: -15"
    assert other == "Modell «Second» · Gruppe «Shop» ist neu: Höchstens: 10, Name: Shop"
    lines = {line.part.key: line for line in shown.context["parts"]["rule"]}
    assert (lines["price"].state, lines["price"].was, lines["blog"].state) == ("changed", 10, "")


def test_warnings_name_what_is_odd(marketer: Client, people: list[Person]) -> None:
    page = marketer.get("/scoring/draft", headers={"Accept-Language": "en"}).content.decode()
    assert "never fire" in page or "kommen nie vor" in page
    assert "tells nobody apart" in page or "unterscheidet niemanden" in page


def test_many_rules_that_never_fire_are_one_warning(marketer: Client, people: list[Person]) -> None:
    for n in range(3):
        marketer.post("/scoring/draft/test/rule/new", {"words_en": f"Odd {n}", "on": "webinar.attended", "points": "5"})
    notes = list(marketer.get("/scoring/draft", headers={"Accept-Language": "en"}).context["seen"].warnings)
    [never] = [note for note in notes if "never fire" in note or "kommen nie vor" in note]
    assert all(f"Odd {n}" in never for n in range(3))


def test_a_rule_is_seen_on_people_while_it_is_typed(marketer: Client, people: list[Person]) -> None:
    """Whom it moves comes first; an unfinished form leaves the picture, and nothing is kept."""
    sent = {"on": "page.viewed", "topic": "/preise", "points": "35"}
    with CaptureQueriesContext(connection) as queries:
        answer = marketer.post("/scoring/draft/test/rule/new/seen", sent)
    assert len(queries) <= 25
    found = answer.context["seen"]
    assert (found.has, found.moved, found.sampled) == (len(people),) * 3
    assert {move.moved for move in found.ten} == {35}
    assert sum(band.new for band in found.bands if band.low == 40) == len(people)
    unfinished = marketer.post("/scoring/draft/test/rule/new/seen", {"points": "35"})
    assert unfinished["HX-Retarget"] == "#unread"
    assert marketer.post("/scoring/draft/test/nonsense/new/seen", sent).status_code == 404
    assert not Draft.objects.exists()


@pytest.mark.parametrize("odd", [{"fading": "half_life", "fading_days": "0"}, {"times": "-3"}, {"points": "999999999"}])
def test_numbers_that_make_no_sense_are_seen_named_and_refused(
    marketer: Client, people: list[Person], odd: dict[str, str]
) -> None:
    sent = {"words_en": "Odd", "on": "page.viewed", "points": "5"} | odd
    assert marketer.post("/scoring/draft/test/rule/new/seen", sent).status_code == 200
    assert marketer.post("/scoring/draft/test/rule/new", sent).status_code == 302
    assert marketer.get("/scoring/draft").context["problems"]
    assert marketer.post("/scoring/draft", {}).status_code == 422


def test_a_new_rule_with_a_name_that_is_taken_takes_nobodys_place(marketer: Client) -> None:
    before = [rule.key for rule in edited().main.rules]
    for _ in range(2):
        marketer.post("/scoring/draft/test/rule/new", {"words_en": before[0], "on": "page.viewed", "points": "3"})
    assert [rule.key for rule in edited().main.rules] == [*before, f"{before[0]}-2", f"{before[0]}-3"]


def test_the_first_rule_of_a_house_without_scoring() -> None:
    client = Client()
    client.force_login(a_user("marketing"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "/scoring/draft?model=main" in client.get("/scoring").content.decode()
    assert client.get("/scoring/draft/main/rule/new").status_code == 200
    sent = {"words_de": "Webinar", "on": "webinar.attended", "points": "20"}
    assert client.post("/scoring/draft/main/rule/new", sent).status_code == 302
    assert client.post("/scoring/draft", {}).status_code == 302
    assert [rule.key for rule in current("scoring").main.rules] == ["webinar"]


def test_a_rule_without_a_deed_is_refused_and_what_was_typed_stays(marketer: Client) -> None:
    sent = {
        "words_de": "Ohne Tat",
        "points": "5",
        "times": "3",
        "per": "week",
        "topic": "/x",
        "group": "",
        "axis": "fit",
    }
    answer = marketer.post("/scoring/draft/test/rule/new", sent, headers={"Accept-Language": "de"})
    assert answer.status_code == 422
    typed = answer.context["typed"]
    assert {name: typed[name] for name in sent} == sent
    assert not Draft.objects.exists()


def test_others_may_not_edit() -> None:
    client = Client()
    client.force_login(a_user("seller"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/scoring/draft").status_code == 403


def test_the_draft_is_tried_on_history_as_it_is(marketer: Client, people: list[Person]) -> None:
    marketer.post(PRICE, {"words_en": "Prices", "on": "page.viewed", "topic": "/preise", "points": "25"})
    page = marketer.get("/scoring/draft").context
    sent = {"what": "text", "words": "Draft", "scoring": page["toml"]}
    assert marketer.post("/scoring/try", sent).status_code == 302
    assert "Wie sie im Entwurf stehen" in marketer.get("/scoring/try").content.decode()
    assert marketer.post("/scoring/try", {"what": "draft"}).status_code == 302
    typed, chosen = Trial.objects.order_by("id")
    assert typed.digest == chosen.digest
    assert chosen.said["scoring"]["model"][0]["rule"][0]["points"] == 25


def warned(model: dict[str, Any], people: list[Person]) -> str:
    made = read_plain({"scoring": {"model": [model]}})["scoring"].main
    with override("en"):
        return " ".join(warnings(made, what_if(made, [p.pk for p in people]), "en"))


def test_each_warning_is_given_where_it_belongs_and_only_there(people: list[Person]) -> None:
    price = {"key": "price", "on": "page.viewed", "topic": "/preise", "points": 10, "words": {"en": "Prices"}}
    few = {"key": "few", "on": "page.viewed", "topic": "/team", "points": 5, "words": {"en": "Team"}}
    happen(*(view(p.pk, "/team") for p in people[:3]), *(view(p.pk, "/preise") for p in people))
    settle()
    assert warned({"rule": [few]}, people) == ""
    assert (
        warned({"rule": [{**few, "topic": "/nowhere"}]}, people) == "“Team” never fires: nobody in the sample has it."
    )
    with pytest.MonkeyPatch.context() as few_at_most:
        few_at_most.setattr("reif.qualify.editor.warn.SAMPLE", len(people))
        assert warned({"rule": [{**few, "topic": "/nowhere"}]}, people) == (
            f"“Team” fires rarely or never: none of the {len(people)} people in the sample has it."
        )
    assert warned({"rule": [price]}, people) == "Everybody has “Prices”: it tells nobody apart."
    again = {**price, "key": "again", "topic": "/pre*", "words": {"en": "Pre"}}
    assert "“Prices” and “Pre” reward the same deeds: they count twice." in warned({"rule": [price, again]}, people)
    capped = {"group": [{"key": "web", "cap": 5, "words": {"en": "Web"}}], "rule": [{**price, "group": "web"}, few]}
    assert "The ceiling of “Web” eats 75 % of its points." in warned(capped, people)
    capped["group"][0]["cap"] = 15
    assert "ceiling" not in warned(capped, people)
    assert warned({"rule": [price]}, people[:9]) == ""
