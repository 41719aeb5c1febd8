"""Working time: inverse of each other, whole over holidays and changes of the clocks, and never an endless loop."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reif.staff.hours import (
    OFFICE_WEEK,
    NeverWorks,
    Schedule,
    Together,
    due,
    elapsed,
    on_duty,
    opens,
    schedules,
    works,
)
from reif.staff.models import Absence, User, WorkingHours

ZURICH = Schedule(OFFICE_WEEK, "Europe/Zurich", "CH", "ZH")
NIGHT = Schedule((((time(0), time(6)), (time(22), time(23, 59))),) * 7, "Europe/Berlin")
ZONES = ("Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@st.composite
def a_schedule(draw: st.DrawFn) -> Schedule:
    def day() -> tuple[tuple[time, time], ...]:
        marks = sorted(draw(st.sets(st.integers(0, 95), max_size=4)))
        pairs = zip(marks[::2], marks[1::2], strict=False)
        return tuple((time(a // 4, a % 4 * 15), time(b // 4, b % 4 * 15)) for a, b in pairs)

    week = [day() for _ in range(6)] + [((time(9), time(10)),)]
    return Schedule(tuple(week), draw(st.sampled_from(ZONES)), draw(st.sampled_from(["", "CH", "DE"])))


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(a_schedule(), moments, st.integers(0, 3000))
def test_due_and_elapsed_are_inverse(schedule, start, minutes):
    end = due(start, minutes, schedule)
    assert end >= start
    assert elapsed(start, end, schedule) == timedelta(minutes=minutes)


@given(a_schedule(), moments, st.integers(0, 500), st.integers(0, 500))
def test_elapsed_adds_up(schedule, start, first, second):
    middle = start + timedelta(hours=first)
    end = middle + timedelta(hours=second)
    parts = elapsed(start, middle, schedule) + elapsed(middle, end, schedule)
    assert elapsed(start, end, schedule) == parts <= end - start


@given(a_schedule(), a_schedule(), moments, st.integers(0, 2000))
def test_together_never_later_than_either(one, other, start, minutes):
    both = due(start, minutes, Together((one, other)))
    assert both <= min(due(start, minutes, one), due(start, minutes, other))


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-23T09:00", 60, "2026-11-23T10:00"),
        ("2026-11-23T10:30", 60, "2026-11-23T12:30"),  # over lunch, 12:00 to 13:00 in Zurich
        ("2026-11-20T15:30", 60, "2026-11-23T07:30"),  # Friday evening to Monday morning
        ("2026-11-21T10:00", 0, "2026-11-23T07:00"),
        ("2026-12-24T15:30", 60, "2026-12-28T07:30"),  # Christmas and St. Stephen's are holidays in Zurich
        ("2026-03-27T15:30", 60, "2026-03-30T06:30"),  # the clocks go forward that weekend
    ],
)
def test_due_in_zurich(start, minutes, end):
    assert due(at(start), minutes, ZURICH) == at(end)


def test_days_with_a_change_of_the_clocks_are_as_long_as_they_are():
    spring = elapsed(at("2026-03-28T23:00"), at("2026-03-29T04:00"), NIGHT)
    autumn = elapsed(at("2026-10-24T22:00"), at("2026-10-25T05:00"), NIGHT)
    assert spring == timedelta(hours=5)  # 00:00 to 06:00 without the hour that does not exist
    assert autumn == timedelta(hours=7)


def test_overlapping_hours_count_once():
    day = ((time(9), time(12)), (time(11), time(14)))
    doubled = Schedule((day,) * 7, "UTC")
    assert elapsed(at("2026-11-23T00:00"), at("2026-11-24T00:00"), doubled) == timedelta(hours=5)


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(((),) * 7),
        Schedule(absences=((date(2020, 1, 1), date(2040, 1, 1)),)),
        Together(()),
    ],
)
def test_never_working_is_said_at_once(schedule):
    with pytest.raises(NeverWorks):
        due(at("2026-11-23T09:00"), 10, schedule)
    assert elapsed(at("2026-11-23T09:00"), at("2026-11-30T09:00"), schedule) == timedelta()


def test_places_nobody_knows_have_no_holidays():
    assert not Schedule(country="XX", subdivision="YY").is_free(date(2026, 12, 25))
    assert Schedule(country="CH", subdivision="XX").is_free(date(2026, 8, 1))
    assert opens(ZURICH, at("2026-11-21T10:00")) == at("2026-11-23T07:00")
    assert works(ZURICH, at("2026-11-23T10:59"))
    assert not works(ZURICH, at("2026-11-23T11:30"))


@pytest.mark.django_db
def test_users_have_hours_holidays_and_absences(django_assert_num_queries):
    office, early, away = (User.objects.create_user(f"{n}@desk.example") for n in ("a", "b", "c"))
    WorkingHours.objects.create(user=early, weekday=0, start=time(5), end=time(9))
    Absence.objects.create(user=away, first_day=date(2026, 11, 16), last_day=date(2026, 11, 23))
    with django_assert_num_queries(2):
        assert on_duty([office, early, away], at("2026-11-23T07:30")) == [office, early]
    assert on_duty([office, early, away], at("2026-11-23T04:30")) == [early]
    assert on_duty([office, early, away], at("2026-11-24T07:30")) == [office, away]
    assert due(at("2026-11-23T07:00"), 120, schedules([early])[early.pk]) == at("2026-11-30T05:00")
