"""What came in by a form, of the people of one segment: on the page and in the file."""

from __future__ import annotations

import pytest

from reif.capture.models import Submission
from reif.capture.tests.test_sources_page import client_of
from reif.crm.models import Member
from reif.crm.tests.people import a_person
from reif.kit.clock import now
from reif.playbook.apply import apply
from reif.playbook.draft import read_plain

pytestmark = pytest.mark.django_db
EMAIL = {"name": "email", "type": "email", "required": True, "label": {"de": "E-Mail", "en": "E-mail"}}
WAYS = {
    "forms": {"forms": [{"slug": "demo", "title": {"de": "Demo", "en": "Demo"}, "fields": [EMAIL]}]},
    "segments": {"segment": [{"key": "guests"}, {"key": "others"}]},
}


def test_the_list_and_the_file_hold_the_people_of_the_segment_alone() -> None:
    anna, beat = a_person(first_name="Anna"), a_person(first_name="Beat")
    apply(read_plain(WAYS))
    for person in (anna, beat):
        Submission.objects.create(key=f"k{person.pk}", form="demo", person=person, at=now())
    Member.objects.create(segment="guests", person=anna, since=now())
    client = client_of("marketing")
    page = client.get("/forms/demo/submissions?segment=guests").content.decode()
    assert ("Anna" in page, "Beat" in page) == (True, False)
    assert 'href="/forms/demo/submissions.csv?segment=guests"' in page
    file = b"".join(client.get("/forms/demo/submissions.csv?segment=guests")).decode()  # type: ignore[call-overload]
    assert ("Anna" in file, "Beat" in file) == (True, False)
    assert "Nobody of this segment has sent it" in client.get("/forms/demo/submissions?segment=others").content.decode()
    assert client.get("/forms/demo/submissions").content.decode().count("<tr data-row>") == 2
