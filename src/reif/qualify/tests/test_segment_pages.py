"""The pages of segments: the list, one with its people, the editor with its count."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reif.crm.models import Member, Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.worker import settle
from reif.playbook.current import current, forget, revision
from reif.playbook.problem import Refused
from reif.qualify.models import Sorting
from reif.qualify.segments.fixed import put_in
from reif.qualify.segments.preview import preview
from reif.qualify.segments.used import heeded, uses
from reif.qualify.tests.ways import happen, in_force, view
from reif.rules.decode import decode
from reif.rules.uses import Use, using

pytestmark = pytest.mark.django_db
SWISS = {
    "key": "swiss",
    "when": {"field": "country", "op": "is", "value": "CH"},
    "words": {"de": "Schweiz", "en": "Swiss"},
}
INNER = {"key": "inner", "when": {"field": "segment", "op": "is", "value": "swiss"}}
FORM = {
    "words_en": "Large ones",
    "match": "all",
    "g0.match": "all",
    "g0.r0.field": "company.size",
    "g0.r0.op": ">=",
    "g0.r0.value": "250",
}


def signed_in(role: str = "marketing") -> Client:
    client = Client(headers={"accept-language": "en"})
    user = a_user(role)
    user.language = "en"
    user.save()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_list_has_counts_words_and_uses_in_few_queries() -> None:
    for _ in range(3):
        a_person(country="CH")
    in_force(segments={"segment": [SWISS, INNER, {"key": "guests"}]})
    settle()
    client = signed_in()
    client.get("/segments")
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/segments").content.decode()
    assert len(queries) <= 12
    assert "Swiss" in page or "Schweiz" in page
    assert "inner" in page


def test_the_page_of_one_shows_its_people_and_who_may_change_them() -> None:
    person = a_person(country="CH", last_name="Ammann")
    in_force(segments={"segment": [SWISS, {"key": "guests"}]})
    settle()
    client = signed_in()
    assert "Ammann" in client.get("/segments/swiss").content.decode()
    assert client.get("/segments/none").status_code == 404
    sent = client.post("/segments/members", {"segment": "guests", "addresses": f"{person.email}\nnobody@x.example"})
    assert "nobody@x.example" in sent.content.decode()
    assert list(Member.objects.filter(segment="guests").values_list("person_id", flat=True)) == [person.pk]
    client.post("/segments/members", {"segment": "guests", "person": [person.pk], "do": "remove"})
    assert not Member.objects.filter(segment="guests").exists()
    client.post("/segments/members", {"segment": "swiss", "person": [person.pk], "do": "remove"})
    assert Member.objects.filter(segment="swiss").exists()


def test_a_segment_is_made_changed_and_archived_through_the_playbook() -> None:
    in_force(segments={"segment": [SWISS]})
    client = signed_in()
    assert client.get("/segments/new").status_code == 200
    assert client.post("/segments/new", FORM | {"expected": revision()}).status_code == 302
    made = current("segments").segments[-1]
    assert (made.key, made.words) == ("large-ones", {"en": "Large ones"})
    changed = FORM | {"g0.r0.value": "500", "expected": revision()}
    assert client.get("/segments/large-ones/edit").status_code == 200
    assert client.post("/segments/large-ones/edit", changed).status_code == 302
    assert current("segments").segments[-1].when == decode({"field": "company.size", "op": ">=", "value": 500})
    client.post("/segments/large-ones/archive", {"on": "1"})
    assert current("segments").segments[-1].archived
    client.post("/segments/large-ones/archive", {"on": "0"})
    assert not current("segments").segments[-1].archived


def test_rules_for_several_kinds_of_events_are_read_through_for_uses() -> None:
    guests = {"field": "segment", "op": "is", "value": "guests"}
    rule = {"key": "in", "on": ["form.submitted", "mail.clicked"], "topic": ["a", "b"], "when": guests, "points": 5}
    in_force(segments={"segment": [{"key": "guests"}]}, scoring={"model": [{"key": "main", "rule": [rule]}]})
    assert signed_in().get("/segments").status_code == 200
    assert [use.entry for use in uses()["guests"]] == ["in"]


def test_only_segments_that_qualification_names_are_heard_of() -> None:
    in_force(segments={"segment": [SWISS, INNER, {"key": "guests"}]})
    assert [key for key in ("swiss", "inner", "guests") if heeded(key)] == ["swiss"]
    deed = {"key": "met", "when": {"did": "segment.left", "topic": "gu*"}}
    in_force(segments={"segment": [SWISS, {"key": "guests"}, deed]})
    assert [key for key in ("swiss", "met", "guests") if heeded(key)] == ["guests"]


def test_what_is_used_cannot_be_archived() -> None:
    in_force(segments={"segment": [SWISS, INNER]})
    page = signed_in().post("/segments/swiss/archive", {"on": "1"}, follow=True).content.decode()
    assert not current("segments").segments[0].archived
    assert "swiss" in page


def test_a_pasted_list_says_whom_nobody_knows_and_which_lines_are_none() -> None:
    anna, beat = a_person(email="anna@firma.example"), a_person(email="beat@firma.example")
    in_force(segments={"segment": [{"key": "guests"}]})
    put_in("guests", [beat.pk])
    text = "Anna Frei <Anna@Firma.example>; beat@firma.example\nmailto:nobody@firma.example\nkeine Adresse\n\n"
    page = signed_in().post("/segments/members", {"segment": "guests", "addresses": text})
    told = page.content.decode()
    assert page.status_code == 200
    assert {m.person_id for m in Member.objects.all()} == {anna.pk, beat.pk}
    for said in ("1 person put into the segment. 1 was in it already.", "nobody@firma.example", "keine Adresse"):
        assert said in told
    many = "\n".join(f"p{n}@firma.example" for n in range(20_001))
    page = signed_in().post("/segments/members", {"segment": "guests", "addresses": many}, follow=True)
    assert "20’000" in page.content.decode()


def test_its_people_as_a_file_that_no_spreadsheet_calculates() -> None:
    person = a_person(email="anna@firma.example", first_name="=1+1", last_name="Müller")
    in_force(segments={"segment": [{"key": "guests", "words": {"en": "Guests"}}]})
    put_in("guests", [person.pk])
    answer = signed_in().get("/segments/guests/members.csv")
    told = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "'=1+1;Müller" in told
    assert told.splitlines()[0].startswith("\ufeffE-mail;")
    assert told.splitlines()[1].endswith("not allowed")
    assert signed_in("analyst").get("/segments/guests/members.csv").status_code == 403
    alone = b"".join(signed_in("seller").get("/segments/guests/members.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "anna" not in alone


def test_a_used_segment_is_neither_deleted_nor_archived_and_the_sentence_says_where() -> None:
    places = [("guests", Use("", "Call to action", "Demo for guests", "/calls/1"))]
    using("test", lambda: iter(places))
    in_force(segments={"segment": [{"key": "guests"}, SWISS, INNER]})
    client = signed_in()
    assert "Demo for guests" in client.get("/segments/guests").content.decode()
    assert "/calls/1" in client.get("/segments/guests").content.decode()
    for address in ("/segments/guests/removal", "/segments/guests/archive"):
        page = client.post(address, {"on": "1"}, follow=True).content.decode()
        assert "Demo for guests" in page
    page = client.post("/segments/swiss/removal", follow=True).content.decode()
    assert "cannot be deleted" in page
    assert "inner" in page
    with pytest.raises(Refused):
        in_force(segments={"segment": [SWISS, INNER]})
    places.clear()
    assert client.post("/segments/guests/removal").headers["Location"] == "/segments"
    assert [s.key for s in current("segments").segments] == ["swiss", "inner"]


def test_progress_is_shown_stopped_and_taken_up_again() -> None:
    a_person(country="CH")
    in_force(segments={"segment": [SWISS]})
    settle()
    Sorting.objects.update(state=Sorting.State.GOING, person=9_000_005, gone=5, people=10)
    client = signed_in()
    assert "50 %" in client.get("/segments/swiss").content.decode()
    assert "50 %" in client.get("/segments").content.decode()
    piece = client.get("/segments/swiss/sorting")
    assert "every 1s" in piece.content.decode()
    assert signed_in("seller").post("/segments/swiss/sorting", {"on": "0"}).status_code == 403
    client.post("/segments/swiss/sorting", {"on": "0"})
    assert "Stopped." in client.get("/segments/swiss").content.decode()
    assert client.get("/segments/swiss/sorting").headers["HX-Refresh"] == "true"
    client.post("/segments/swiss/sorting", {"on": "1"})
    settle()
    assert Sorting.objects.get().state == Sorting.State.DONE
    assert client.get("/segments/none/sorting").status_code == 404


def test_a_page_of_very_many_takes_no_more_queries() -> None:
    in_force(segments={"segment": [{"key": "guests"}]})
    client, counts = signed_in(), []
    for many in (60, 400):
        people = Person.objects.bulk_create(Person(last_name=f"N{n}", created_at=now()) for n in range(many))
        put_in("guests", [p.pk for p in people])
        client.get("/segments/guests")
        forget()  # what is in force is asked again now and then; here each time
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/segments/guests").content.decode()
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= 14
    assert "460" in page


def test_what_is_wrong_is_said_and_nothing_is_published() -> None:
    in_force(segments={"segment": [SWISS]})
    client, before = signed_in(), revision()
    assert client.post("/segments/new", FORM | {"words_en": "", "expected": before}).status_code == 422
    assert client.post("/segments/new", FORM | {"g0.r0.value": "many", "expected": before}).status_code == 422
    assert client.post("/segments/new", {"words_en": "All", "expected": before}).status_code == 422
    in_force(segments={"segment": [SWISS, {"key": "guests"}]})
    assert client.post("/segments/new", FORM | {"expected": before}).status_code == 409
    assert signed_in("seller").post("/segments/new", FORM).status_code == 403


def test_what_was_typed_stays_when_it_is_refused() -> None:
    in_force(segments={"segment": [SWISS]})
    typed = {"g0.r1.field": "country", "g0.r1.op": "one of", "g0.r1.value": "", "g3.match": "any",
             "g3.r0.field": "did", "g3.r0.kind": "page.viewed", "g3.r0.topic": "/preise", "match": "any"}  # fmt: skip
    page = signed_in().post("/segments/new", FORM | typed | {"expected": revision()})
    told = page.content.decode()
    assert page.status_code == 422
    assert "Country: “is one of …” needs a list of values." in told
    for kept in ('value="250"', 'value="Large ones"', 'name="g0.r1.field"', 'value="/preise"', 'name="g3.match"'):
        assert kept in told


def test_a_trait_that_is_a_number_stays_one_when_it_is_edited() -> None:
    seats = {"field": "traits.seats", "op": "is", "value": 5}
    in_force(segments={"segment": [{"key": "five", "when": seats, "words": {"en": "Five"}}]})
    page = signed_in().get("/segments/five/edit").content.decode()
    assert '<input type="hidden" name="g0.r0.sort" value="number">' in page


def test_people_are_counted_while_one_types() -> None:
    a_person(country="CH", last_name="Ammann")
    a_person(country="DE")
    client = signed_in()
    sent = {"g0.r0.field": "country", "g0.r0.op": "is", "g0.r0.value": "CH"}
    page = client.post("/segments/count", sent).content.decode()
    assert "Ammann" in page
    assert "1" in page
    more = {"g0.r1.field": "score", "g0.r1.op": ">=", "g0.r1.value": "", "g1.r0.field": "stage", "g1.r0.op": "one of"}
    page = client.post("/segments/count", sent | more).content.decode()
    assert "Ammann" in page
    assert "2 conditions are not finished and not counted yet:" in page
    assert "Score: " in page
    assert "text-bad" not in page
    assert client.get("/segments/row?group=g0&g0.r0.field=country").content.decode().count("g0.r1.field") == 1
    row = client.get("/segments/row?row=g0.r0&g0.r0.field=stage&g0.r0.op=one of").content.decode()
    assert "multiple" in row


def test_an_estimate_is_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reif.qualify.segments.preview.SMALL", 10)
    monkeypatch.setattr("reif.qualify.segments.preview.SAMPLE", 20)
    made = (Person(last_name=f"N{n}", country="DE" if n % 10 == 5 else "CH", created_at=now()) for n in range(200))
    Person.objects.bulk_create(made)
    found = preview(decode(SWISS["when"]), a_user("admin"), exact=False)
    assert not found.exact
    assert 150 <= found.number <= 210


def test_everybody_is_counted_by_the_lake_when_there_are_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REIF_LAKE", str(tmp_path))
    monkeypatch.setattr("reif.qualify.segments.preview.SMALL", 1)
    people = [a_person(country="CH" if n % 2 else "DE") for n in range(6)]
    happen(*(view(person.pk, "/preise") for person in people[:4]))
    asked = {"all": [{"did": "page.viewed", "topic": "/preise"}, SWISS["when"]]}
    found = preview(decode(asked), a_user("admin"), exact=True)
    assert (found.number, found.exact) == (2, True)
    assert any(tmp_path.rglob("*.parquet"))


def test_a_thousand_are_searched_and_shown_page_by_page() -> None:
    many = [{"key": f"s{n}", "words": {"de": f"Gruppe {n}", "en": f"Group {n}"}} for n in range(250)]
    in_force(segments={"segment": [*many, SWISS]})
    client = signed_in()
    forget()
    client.get("/segments")
    with CaptureQueriesContext(connection) as queries:
        first = client.get("/segments").content.decode()
    assert len(queries) <= 12
    assert (first.count("<tr data-row>"), "page=2" in first) == (100, True)
    last = client.get("/segments?page=3").content.decode()
    assert (last.count("<tr data-row>"), "Swiss" in last, "page=4" in last) == (51, True, False)
    found = client.get("/segments?q=group+24").content.decode()
    assert found.count("<tr data-row>") == 11
    assert "No segment is called so." in client.get("/segments?q=zzz").content.decode()
    assert client.get("/segments?page=99999").status_code == 200


@pytest.mark.parametrize(
    "named", [{"on": "segment.left", "topic": "swizz"}, {"when": {"did": "segment.left", "topic": "swizz"}}]
)
def test_a_deed_in_a_segment_that_does_not_exist_is_refused_with_the_closest(named: dict[str, object]) -> None:
    rule = {"key": "left", "on": "form.submitted", "points": 5} | named
    with pytest.raises(Refused) as refused:
        in_force(segments={"segment": [SWISS]}, scoring={"model": [{"key": "main", "rule": [rule]}]})
    assert "swizz" in refused.value.problems[0].sentence
    assert "swiss" in refused.value.problems[0].remedy


def test_a_filter_of_the_list_becomes_a_segment_with_its_stage_and_says_what_does_not() -> None:
    client = signed_in()
    page = client.get("/people?stage=mql&q=ammann&g0.r0.field=country&g0.r0.op=is&g0.r0.value=CH").content.decode()
    found = re.search(r'href="(/segments/new\?[^"]+)"', page)
    assert found
    editor = client.get(found[1].replace("&amp;", "&")).content.decode()
    assert "The search “ammann” is no condition and was left out." in editor
    assert editor.count("data-condition") == 2
    assert "/segments/new?" in client.get("/people?stage=mql").content.decode()
    assert "/segments/new?" not in client.get("/people?stage=nothing").content.decode()
    assert "/segments/new?" not in signed_in("seller").get("/people?stage=mql").content.decode()
