"""Each kind of field: what it takes, what it keeps, and what it says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from reif.capture.forms.conditions import asked, steps
from reif.capture.forms.entry import read
from reif.capture.forms.form_file import Field, Form, Option, Show
from reif.capture.forms.kinds import checked
from reif.capture.forms.wrong import Wrong
from reif.channels.mails import Words
from reif.kit.clock import now

OPTIONS = [Option("a", Words("A", "A")), Option("b", Words("B", "B"))]


def one(kind: Any, **more: Any) -> Field:
    return Field("x", kind, **more)


@pytest.mark.parametrize(
    ("field", "told", "kept"),
    [
        (one("tel"), "044 123 45 67", "+41441234567"),
        (one("tel", country="DE"), "030 901820", "+4930901820"),
        (one("tel"), "+43 1 58858", "+43158858"),
        (one("url"), "firma.example/über", "https://firma.example/über"),
        (one("number"), "1'234.50", 1234.5),
        (one("number"), "1.234,5", 1234.5),
        (one("number"), "7", 7),
        (one("number", step=0.5), "2.5", 2.5),
        (one("date"), "31.12.2026", "2026-12-31"),
        (one("date"), "2026-02-28", "2026-02-28"),
        (one("time"), "9:30".zfill(5), "09:30"),
        (one("datetime"), "2026-12-31T09:30", "2026-12-31T09:30"),
        (one("rating"), "5", 5),
        (one("scale"), "0", 0),
        (one("country"), "ch", "CH"),
        (one("yesno"), "no", "no"),
        (one("checkbox"), "on", "yes"),
        (one("textarea"), "eine\nzwei", "eine\nzwei"),
        (one("text"), "Ａ\u200bB\ufeff", "ＡB"),
        (one("text"), "Ünïcødé 日本語 👩‍👩‍👧", "Ünïcødé 日本語 👩‍👩‍👧"),
        (one("email", block=["*.rival.example"]), "A@Firma.Example", "a@firma.example"),
        (one("text"), "  ", ""),
    ],
)  # fmt: skip
def test_takes(field: Field, told: str, kept: Any) -> None:
    assert checked(field, [told]) == kept


@pytest.mark.parametrize(
    ("field", "told", "sentence"),
    [
        (one("tel"), "12", "telephone number"),
        (one("tel"), "ruf mich an", "telephone number"),
        (one("url"), "javascript:alert(1)", "HTML or scripts"),
        (one("url"), "ftp://firma.example", "web address"),
        (one("url"), "https://user:secret@firma.example", "web address"),
        (one("number"), "viele", "a number"),
        (one("number", least=1.0), "0", "at least 1"),
        (one("number", most=10.0), "11", "at most 10"),
        (one("number", step=0.5), "0.3", "steps of 0.5"),
        (one("number"), "9" * 400, "200 characters"),
        (one("date"), "31.02.2026", "enter a date"),
        (one("date", least="today"), "2020-01-01", "earliest date"),
        (one("date", most="+1"), "2999-01-01", "latest date"),
        (one("time"), "25:00", "enter a time"),
        (one("datetime"), "gestern", "date and a time"),
        (one("rating"), "6", "choose one"),
        (one("scale"), "-1", "choose one"),
        (one("scale"), "٣", "choose one"),
        (one("country"), "XX", "choose one"),
        (one("select", options=OPTIONS), "c", "choose one"),
        (one("radio", options=OPTIONS), "c", "choose one"),
        (one("checkboxes", options=OPTIONS), "c", "choose one"),
        (one("yesno"), "maybe", "choose one"),
        (one("email", business=True), "a@gmail.com", "business address"),
        (one("email", business=True), "a@mailinator.com", "thrown away"),
        (one("email", business=True), "a@sub.mailinator.com", "thrown away"),
        (one("email", block=["rival.example"]), "a@mail.rival.example", "addresses of this domain"),
        (one("email", block=["*.example"]), "a@rival.example", "addresses of this domain"),
        (one("email", block=["boss@firma.example"]), "boss@firma.example", "addresses of this domain"),
        (one("text", pattern=r"CH-\d{4}"), "CH-12", "form that is expected"),
        (one("text", pattern=r"\d+", message=Words("Nur Ziffern", "Digits only")), "x", "Digits only"),
        (one("text"), "abc\u202egnp.exe", "turn its direction"),
        (one("text"), "z" + "\u0335" * 30, "cannot be read"),
        (one("text"), "private \ue000", "cannot be read"),
        (one("text"), "a\x00b", "cannot be read"),
        (one("text"), "a\x1bb", "cannot be read"),
        (one("text"), "a\nb", "Line breaks"),
        (one("textarea"), "<img src=x onerror=alert(1)>", "HTML or scripts"),
    ],
)  # fmt: skip
def test_refuses(field: Field, told: str, sentence: str) -> None:
    with translation.override("en"), pytest.raises(Wrong, match=sentence):
        checked(field, [told])


def test_several_choices_are_kept_once_each() -> None:
    assert checked(one("checkboxes", options=OPTIONS), ["b", "a", "b"]) == ["b", "a"]
    assert checked(one("multiselect", options=OPTIONS), []) == ""


def test_days_are_counted_from_today() -> None:
    tomorrow = (localdate(now()) + timedelta(days=1)).isoformat()
    assert checked(one("date", least="today", most="+1"), [tomorrow]) == tomorrow


SIZE = Field("size", "select", options=[Option("50"), Option("500")])
WHY = Field("why", "textarea", required=True, show=Show("size", ["500"]))
HOW = Field("how", required=True, show=Show("why"))


class TestConditions:
    def test_what_is_not_asked_is_neither_required_nor_kept(self) -> None:
        form = Form("f", fields=[SIZE, WHY, HOW])
        entry = read(form, {"size": "50", "why": "secret", "how": "secret"})
        assert (entry.values, entry.errors) == ({"size": "50"}, {})
        entry = read(form, {"size": "500"})
        assert set(entry.errors) == {"why"}
        assert set(read(form, {"size": "500", "why": "x"}).errors) == {"how"}

    def test_unless_and_any(self) -> None:
        field = Field("x", show=Show("size", ["50"], unless=True))
        assert [f.name for f in asked([SIZE, field], {"size": ["50"]})] == ["size"]
        assert [f.name for f in asked([SIZE, field], {})] == ["size", "x"]

    def test_page_breaks_make_steps(self) -> None:
        parts = steps([SIZE, Field(type="break", label=Words("Zwei", "Two")), WHY])
        assert [[f.name for f in p.fields] for p in parts] == [["size"], ["why"]]
        assert parts[1].title.en == "Two"
