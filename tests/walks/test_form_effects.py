"""What a form sets off in other rooms: stage, tags, segment, journey, and a mail to staff."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reif.capture.forms.form_file import Does, Form, Forms
from reif.capture.tests.forms import COMPANY, EMAIL, a_browser, send, texts
from reif.channels.mails import Mail, Words
from reif.crm.models import Person
from reif.crm.tests.people import a_person, a_user
from reif.kit.clock import now
from reif.log.models import Effect, Event
from reif.log.worker import settle
from reif.nurture.journeys import Enter, Journey, Journeys, Step
from reif.nurture.models import Enrollment
from reif.playbook.apply import apply
from reif.playbook.draft import Draft
from reif.qualify.models import Member
from reif.qualify.ways import Segment, Segments

pytestmark = pytest.mark.django_db


def force(form: Form) -> None:
    mails = texts()
    notice = Mail(
        "form-notice", Words("Neu: {{ form }}", "New: {{ form }}"), "staff", body=Words("{{ person }}", "{{ person }}")
    )
    mails = type(mails)(mails.sender, mails.limits, [*mails.mail, notice])
    journeys = Journeys([Journey("willkommen", Enter(stage="customer"), steps=[Step(wait="3d"), Step(end=True)])])
    apply(Draft.of(forms=Forms([form]), mails=mails, segments=Segments((Segment("messe"),)), journeys=journeys))
    settle()


class TestDoes:
    def test_stage_tags_segment_journey_and_staff(self) -> None:
        user = a_user("marketing")
        does = Does(stage="mql", tags=["messe"], segment="messe", journey="willkommen", notify=[user.email.upper()])
        force(Form("demo", Words("Demo", "Demo"), fields=[EMAIL, COMPANY], does=does))
        send(a_browser(), "demo")
        settle()
        person = Person.objects.get()
        assert (person.stage, person.traits) == ("mql", {"tag_messe": True})
        assert Member.objects.get().person == person
        assert Enrollment.objects.get().person == person
        assert Effect.objects.get(key__startswith="form-notice:").body["user"] == user.pk
        asked = Event.objects.get(kind="segment.requested")
        assert asked.cause_id == Event.objects.get(kind="form.submitted").pk

    def test_a_fixed_segment_stays_when_everybody_is_looked_at_again(self) -> None:
        force(Form("demo", fields=[EMAIL, COMPANY], does=Does(segment="messe")))
        send(a_browser(), "demo")
        settle()
        settle(at=now() + timedelta(hours=7))
        assert Member.objects.count() == 1

    def test_nobody_falls_back_on_the_ladder(self) -> None:
        a_person(email="vera@firma.example", stage="customer")
        force(Form("demo", fields=[EMAIL, COMPANY], does=Does(stage="mql")))
        send(a_browser(), "demo")
        assert Person.objects.get().stage == "customer"
