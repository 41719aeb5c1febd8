"""Calls to action: where and to whom they are shown, what is counted, and the desk."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from reif.attract import house
from reif.attract.calls.choose import choose
from reif.attract.calls.showing import Asked, Showing, fits, holds
from reif.attract.models import Call, Content
from reif.crm.models import Visitor
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.kit.tally import count, counted
from reif.kit.visiting import Visiting
from reif.log.append import append, writing
from reif.log.catalogue.web import CallClicked, FormSubmitted
from reif.log.worker import settle
from reif.playbook.command import apply_folder

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


def a_call(slug: str = "demo", **changes: Any) -> Call:
    fields = {"name": slug.title(), "title": "Fragen?", "button": "Demo ansehen", "href": "/p/demo", "live": True,
              "created_at": now()}  # fmt: skip
    house.forget()
    return Call.objects.create(slug=slug, **(fields | changes))


def asked(path: str = "/preise", language: str = "de", device: str = "desktop", **who: Any) -> Asked:
    return Asked(path, language, device, Visiting(**who))


@pytest.mark.parametrize(("pattern", "path", "fit"), [
    ("/blog/*", "/blog/a", True), ("/blog/*", "/blog", False), ("/blog*", "/blog", True), ("*", "/", True),
    ("/preise", "/preise", True), ("/preise", "/preise/gross", False), ("*/agb", "/de/AGB", True),
    ("/a.c", "/abc", False), ("/*/x/*", "/1/x/2/3", True),
])  # fmt: skip
def test_paths_with_stars(pattern: str, path: str, fit: bool) -> None:
    assert fits(pattern, path) is fit


@pytest.mark.parametrize(("rules", "place", "shown"), [
    (Showing(), {}, True),
    (Showing(pages=("/blog/*",)), {}, False),
    (Showing(pages=("/blog/*", "/preise")), {}, True),
    (Showing(not_pages=("/preise",)), {}, False),
    (Showing(languages=("en",)), {}, False),
    (Showing(devices=("desktop",)), {}, True),
    (Showing(devices=("phone",)), {}, False),
    (Showing(sources=("SOCIAL_MEDIA",)), {"source": "SOCIAL_MEDIA"}, True),
    (Showing(sources=("SOCIAL_MEDIA",)), {}, False),
    (Showing(utm={"utm_campaign": "mai*"}), {"utm": {"utm_campaign": "Mailing"}}, True),
    (Showing(utm={"utm_campaign": "mai*"}), {}, False),
    (Showing(visitors="new"), {"returning": False}, True),
    (Showing(visitors="new"), {}, False),  # without consent nobody knows
    (Showing(visitors="returning"), {"returning": True}, True),
])  # fmt: skip
def test_rules_that_need_no_identifier_and_those_that_do(rules: Showing, place: dict[str, Any], shown: bool) -> None:
    assert holds(rules, asked(**place)) is shown


def test_stages_hold_for_known_people_alone() -> None:
    call = a_call(rules={"stages": ["mql"]})
    mql, lead = a_person(stage="mql"), a_person(stage="lead")
    found = [bool(choose([call], asked(person=one))) for one in (mql.pk, lead.pk, None)]
    assert found == [True, False, False]


def test_a_segment_that_is_gone_holds_for_nobody() -> None:
    call = a_call(rules={"segments": ["gone"]})
    assert choose([call], asked(person=a_person().pk)) == []


def test_rules_that_nobody_can_read_hold_nowhere() -> None:
    assert choose([a_call(rules={"pages": 7})], asked()) == []


def test_the_more_important_comes_first_and_of_rivals_one() -> None:
    a_call("low", priority=10)
    a_call("high", priority=90)
    for slug in ("a", "b"):
        a_call(slug, group="test", weight=1)
    first = [call.slug for call, _rules in choose(Call.objects.running(), asked(visitor=7))]
    assert first[0] == "high"
    assert first[-1] == "low"
    assert len(first) == 3
    assert [call.slug for call, _rules in choose(Call.objects.running(), asked(visitor=7))] == first
    drawn = {call.slug for n in range(40) for call, _rules in choose(Call.objects.running(), asked(visitor=n))}
    assert drawn == {"low", "high", "a", "b"}


def test_only_what_is_on_and_within_its_time() -> None:
    a_call("off", live=False)
    a_call("later", starts_at=now() + timedelta(hours=1))
    a_call("over", ends_at=now() - timedelta(hours=1))
    a_call("now", starts_at=now() - timedelta(hours=1), ends_at=now() + timedelta(hours=1))
    assert [call.slug for call in Call.objects.running()] == ["now"]


class TestServed:
    def ask(self, **told: str) -> Any:
        client = Client(headers={"user-agent": CHROME})
        return client.get("/calls.json", {"u": "https://kunde.ch/preise", "l": "de", **told})

    def test_a_foreign_page_gets_what_fits_it(self) -> None:
        a_call(rules={"pages": ["/preise"], "scroll": 40, "days": 7}, picture="art")
        a_call("elsewhere", rules={"pages": ["/blog/*"]})
        answer = self.ask()
        assert answer["Access-Control-Allow-Origin"] == "*"
        call = answer.json()["calls"]
        assert [(one["slug"], one["kind"], one["scroll"], one["days"]) for one in call] == [("demo", "popup", 40, 7)]
        assert 'href="http://testserver/p/demo"' in call[0]["html"].replace(
            "http://localhost:8000", "http://testserver"
        )
        assert 'src="/covers' not in call[0]["html"]
        assert "Schliessen" in call[0]["html"]

    def test_source_of_the_address_and_of_the_referrer(self) -> None:
        a_call(rules={"sources": ["SOCIAL_MEDIA"]})
        assert self.ask().json()["calls"] == []
        assert len(self.ask(r="https://www.linkedin.com/").json()["calls"]) == 1
        assert len(self.ask(u="https://kunde.ch/?utm_source=linkedin&utm_medium=social").json()["calls"]) == 1

    def test_a_key_tells_who_it_is_but_not_against_a_refusal(self) -> None:
        person = a_person(stage="mql")
        Visitor.objects.create(key="known-visitor", person=person, first_seen=now())
        a_call(rules={"stages": ["mql"]})
        assert len(self.ask(v="known-visitor").json()["calls"]) == 1
        assert self.ask().json()["calls"] == []
        refusing = Client(headers={"sec-gpc": "1"})
        assert refusing.get("/calls.json", {"u": "https://k.ch/", "v": "known-visitor"}).json()["calls"] == []

    def test_words_of_a_call_cannot_break_out(self) -> None:
        a_call(title="<script>alert(1)</script>", text='"><img src=x onerror=alert(1)>')
        html = self.ask().json()["calls"][0]["html"]
        assert "<script" not in html
        assert "<img src=x" not in html

    def test_our_own_pages_carry_them_and_others_do_not(self) -> None:
        an_article()
        client = Client(headers={"user-agent": CHROME})
        assert "data-calls" not in client.get("/blog/a").content.decode()
        a_call(title="</script><b>")
        page = client.get("/blog/a").content.decode()
        assert '<script src="/t.js" defer data-calls></script>' in page
        assert 'id="reif-calls"' in page
        assert "</script><b>" not in page
        assert "reif-calls" not in client.get("/accounts/login/").content.decode()


def an_article(slug: str = "a", body: str = "Text", **more: Any) -> Content:
    moment = now()
    return Content.objects.create(
        slug=slug, title="A", body=body, kind="article", language="de", published_at=moment, updated_at=moment, **more
    )


class TestDrawnByTheServer:
    """What stands in the text, and bars that wait for nothing, are part of our own pages."""

    def look(self, path: str = "/blog/a", **headers: str) -> str:
        return Client(headers={"user-agent": CHROME, **headers}).get(path).content.decode()

    def told(self, page: str) -> list[dict[str, Any]]:
        found = re.search(r'<script id="reif-calls" type="application/json">(.*?)</script>', page)
        assert found
        return list(json.loads(found[1]))

    def test_before_and_after_the_text_and_at_its_mark(self) -> None:
        an_article(body="Eins\n\n[[call:mitten]]\n\nZwei\n\n[[call:gone]]")
        a_call("oben", kind="inline", place="top")
        a_call("mitten", kind="inline", place="mark", title="Mitten drin")
        a_call("unten", kind="inline", place="bottom")
        page = self.look()
        places = [page.index(part) for part in ('data-call="oben"', "Eins", "Mitten drin", "Zwei", 'data-call="unten"')]
        assert places == sorted(places)
        assert "[[call" not in page
        assert 'href="/p/demo"' in page
        assert {one["html"] for one in self.told(page)} == {""}
        assert "dist/calls" in page

    def test_a_bar_that_waits_for_nothing_and_one_that_waits(self) -> None:
        an_article()
        a_call("jetzt", kind="bar")
        a_call("oben", kind="bar", place="top")
        a_call("spaeter", kind="bar", rules={"seconds": 5})
        page = self.look()
        assert page.index('data-call="oben"') < page.index('data-call="jetzt"')
        assert 'data-call="spaeter"' not in page
        assert {one["slug"]: bool(one["html"]) for one in self.told(page)} == {
            "jetzt": False, "oben": False, "spaeter": True,
        }  # fmt: skip

    def test_of_two_bars_at_one_edge_the_more_important(self) -> None:
        an_article()
        a_call("leise", kind="bar", priority=10)
        a_call("laut", kind="bar", priority=90)
        page = self.look()
        assert 'data-call="laut"' in page
        assert [one["slug"] for one in self.told(page)] == ["laut"]

    def test_rules_hold_here_too_and_leave_nothing_behind(self) -> None:
        an_article(body="Eins\n\n[[call:demo]]\n\nZwei")
        a_call(kind="inline", place="mark", rules={"sources": ["SOCIAL_MEDIA"]})
        assert "Fragen?" not in self.look()
        assert "Fragen?" in self.look(referer="https://www.linkedin.com/")

    def test_a_form_stands_in_it_once(self) -> None:
        apply_folder(Path(__file__).parents[4] / "playbooks/hr_software")
        an_article(body="[[call:eins]]\n\n[[call:zwei]]")
        a_call("eins", kind="inline", place="mark", form="whitepaper", button="Holen")
        a_call("zwei", kind="inline", place="mark", form="whitepaper", button="Holen")
        page = self.look()
        assert page.count('id="form-whitepaper"') == 1
        assert 'href="#form-whitepaper"' in page
        assert "<reif-form" not in page

    def test_words_cannot_break_out(self) -> None:
        an_article(body="[[call:demo]]\n\n[[call:<b>]]")
        a_call(kind="inline", place="mark", title="<script>alert(1)</script>")
        page = self.look()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page

    def test_an_editor_sees_a_picture_of_it_and_no_script(self) -> None:
        a_call(kind="inline", place="mark", live=False)
        typed = {"title": "A", "body": "[[call:demo]]", "language": "de"}
        page = writer().post("/content/preview", typed).content.decode()
        assert '<span class="call-button">Demo ansehen</span>' in page
        assert "<script" not in page

    def test_one_question_more_for_all_of_them(self, django_assert_max_num_queries: Any) -> None:
        an_article(body="[[call:c-1]]\n\n[[call:c-2]]")
        for n in range(6):
            a_call(f"c-{n}", kind="inline", place="mark")
        self.look()
        with django_assert_max_num_queries(8):
            assert self.look().count('data-call="c-') == 2


class TestCredit:
    def test_a_form_within_a_week_of_following(self) -> None:
        vera = a_person()
        a_call()
        a_call("form", form="whitepaper")
        for days, slug in ((6, "demo"), (1, "form"), (9, "demo")):
            with writing():
                append(CallClicked(person=vera.pk, topic=slug, at=now() - timedelta(days=days)))
        settle()
        with writing():
            append(FormSubmitted(person=vera.pk, topic="demo"), FormSubmitted(person=a_person().pk, topic="demo"))
        settle()
        today = now().date()
        rows = [
            (kind, slug, n) for _day, kind, slug, n in counted(["call.converted"], today, today + timedelta(days=1))
        ]
        assert rows == [("call.converted", "demo", 1)]


def writer(role: str = "marketing") -> Client:
    client = Client()
    client.force_login(a_user(role), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


FILLED = {"name": "Whitepaper im Blog", "kind": "popup", "place": "bottom", "title": "Kostenlos lesen", "button": "Holen",
          "href": "/p/whitepaper", "pages": "/blog/*\npreise", "priority": "60", "weight": "1", "scroll": "50",
          "stages": ["lead", "mql"]}  # fmt: skip


class TestDesk:
    def test_made_shown_changed_and_switched_on(self) -> None:
        client = writer()
        assert client.post("/calls/new", FILLED).status_code == 302
        call = Call.objects.get()
        assert (call.slug, call.live) == ("whitepaper-im-blog", False)
        assert call.rules == {"pages": ["/blog/*", "/preise"], "scroll": 50, "stages": ["lead", "mql"]}
        assert "Kostenlos lesen" in client.get(f"/calls/{call.pk}").content.decode()
        client.post(f"/calls/{call.pk}", FILLED | {"title": "Neu"})
        client.post(f"/calls/{call.pk}/running", {"on": "1"})
        call.refresh_from_db()
        assert (call.title, call.live, call.slug) == ("Neu", True, "whitepaper-im-blog")
        assert client.delete(f"/calls/{call.pk}").status_code == 204

    @pytest.mark.parametrize("wrong", [
        {"button": "", "href": ""}, {"href": "javascript:alert(1)"}, {"href": "//evil.example"}, {"seconds": "-1"},
        {"starts_at": "2026-05-02T10:00", "ends_at": "2026-05-01T10:00"}, {"kind": "sky"}, {"title": "x" * 121},
    ])  # fmt: skip
    def test_what_cannot_be_is_said_and_nothing_is_kept(self, wrong: dict[str, str]) -> None:
        assert writer().post("/calls/new", FILLED | wrong).status_code == 422
        assert not Call.objects.exists()

    def test_the_picture_follows_the_form_even_when_it_is_not_complete(self) -> None:
        answer = writer().post("/calls/preview", {"kind": "bar", "place": "top", "title": "Neu am Mittwoch"})
        page = answer.content.decode()
        assert 'data-kind="bar" data-place="top"' in page
        assert "call-form" not in page
        assert "call-form" in writer().post("/calls/preview", {"kind": "popup", "inside": "demo"}).content.decode()
        assert "Neu am Mittwoch" in page

    def test_numbers_stand_in_the_list_and_sellers_see_none_of_it(self, django_assert_max_num_queries: Any) -> None:
        for n in range(30):
            a_call(f"c-{n}")
        for kind, n in (("viewed", 8), ("clicked", 2)):
            for _ in range(n):
                count(f"call.{kind}", "c-3")
        analyst = writer("analyst")
        with django_assert_max_num_queries(12):
            page = analyst.get("/calls").content.decode()
        assert "25" in page
        assert writer("seller").get("/calls").status_code == 403
        assert writer("analyst").post("/calls/new", FILLED).status_code == 403
