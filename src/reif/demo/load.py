"""Fill an empty database with the sample company and a year of its history."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from reif.attract.content.publish import publish
from reif.channels.email.compose import CHANNEL
from reif.crm.models import Person
from reif.demo.campaigns import keep_campaigns
from reif.demo.companies import make_firms
from reif.demo.company_list import plan_companies
from reif.demo.consents import agree_otherwise
from reif.demo.form_figures import count_forms
from reif.demo.forms import Desk
from reif.demo.fresh import arrive_today
from reif.demo.history import History, moments
from reif.demo.house import open_house
from reif.demo.lists import plan_lists
from reif.demo.models import Demo
from reif.demo.pace import fast
from reif.demo.partners import connect_partners
from reif.demo.people import Someone, make_people
from reif.demo.post import Postman
from reif.demo.readers import Readers
from reif.demo.revisions import begin, edit, plan_second
from reif.demo.selling import Selling
from reif.demo.traffic import draw_traffic
from reif.demo.variants import run_page_test
from reif.demo.visits import Passer, Reader, Touch, first_seen, pass_by, passers, touch_of
from reif.demo.webinars import plan_webinar
from reif.demo.writing import write_ahead
from reif.kit.clock import now, travel
from reif.log.append import writing
from reif.log.outbox import CHANNELS
from reif.log.worker import settle
from reif.qualify.predict.lessons import ask_for
from reif.staff.models import Role, User

OFFERS = 14
DAYS, DAYS_OF_NOBODY = 365, 3
Say = Callable[[str], object]


class NotEmpty(RuntimeError):
    """There are records that are not ours; the demo never mixes with them."""


def loaded() -> bool:
    """Whether this database holds a finished demo."""
    return Demo.objects.filter(finished_at__isnull=False).exists()


def load(seed: int = 20, people: int = 800, say: Say = lambda _words: None, at: datetime | None = None) -> None:
    """Make everything; `at` is the moment at which the history ends, now when left out. Raises NotEmpty."""
    if Demo.objects.exists() or User.objects.exists() or Person.objects.exists():
        raise NotEmpty(
            "The database is not empty: the demo loads into an empty one only. Set REIF_HOME to a new folder."
        )
    began, end = time.monotonic(), at or now()
    demo = Demo.objects.create(seed=seed, people=people, started_at=end)
    folder = playbook_folder()
    with travel(end), fast():
        users = open_house(folder, end.date())
        publish(folder)
        say("Content, staff and playbook are there; a year begins.")
        _live(Random(seed), people, users, folder, end, say)  # noqa: S311 - a story, not a secret
    Demo.objects.filter(id=demo.id).update(finished_at=now())
    say(f"A year of history, {Person.objects.living().count()} people, in {time.monotonic() - began:.0f} seconds.")


def playbook_folder() -> Path:
    """playbooks/hr_software, beside the source or inside the installed package."""
    here = Path(__file__).resolve()
    for base in (here.parents[3], here.parents[1]):
        if (found := base / "playbooks/hr_software").is_dir():
            return found
    raise FileNotFoundError("playbooks/hr_software")


def _live(random: Random, count: int, users: dict[str, User], folder: Path, end: datetime, say: Say) -> None:
    start = end - timedelta(days=DAYS if count else DAYS_OF_NOBODY)
    known: dict[int, Someone] = {}
    history = History(random, end)
    begin(folder, users["admin@demo.example"], start, old=bool(count))
    reader, desk = Reader(random), Desk(history, known)
    readers, selling = Readers(history, reader, desk, known), Selling(history)
    history.followers += [readers.look, selling.look]
    firms = make_firms(random, max(12, count // 6))
    for someone in make_people(random, firms, count, end):
        touch = touch_of(random, someone.source)
        history.plan(someone.comes_at, _come, someone, touch, reader, desk, readers)
    plan_webinar(history, random, known)
    _plan_passers(history, reader, passers(random, count * 3, end))
    arrive_today(history, reader, desk, readers, end)
    connect_partners(history, firms, count, users["marketing@demo.example"], end)
    _plan_the_house(history, users, folder if count else None)
    _plan_offers(history, desk, known, end)
    with history_post(Postman(random, end)):
        for month in _by_month(history.live(moments(random, start, end))):
            if month:
                say(f"  {month}")
    _last_days(random, users["marketing@demo.example"], end)
    selling.fill_calendars([u for u in users.values() if u.role == Role.SELLER], end)
    draw_traffic(Random(7), end)  # noqa: S311 - a story, not a secret
    with history_post(Postman(random, end)):
        settle()
    count_forms(random, end)
    if count:
        _foresee(users["marketing@demo.example"], end)


def _plan_the_house(history: History, users: dict[str, User], folder: Path | None) -> None:
    """What marketing did in the year: files imported, and with a folder, another revision of the playbook."""
    marketing = users["marketing@demo.example"]
    plan_companies(history, marketing)
    plan_lists(history, Random(7), marketing)  # noqa: S311 - a story, not a secret
    if folder:
        plan_second(history, folder, users["admin@demo.example"], marketing)


def _foresee(marketing: User, end: datetime) -> None:
    """Let the system learn from this year who becomes SQL and who buys; and what marketing thinks about."""
    ask_for("sql", "train")
    ask_for("won", "train")
    settle()
    with travel(end - timedelta(hours=2)):
        edit(marketing)


def _last_days(random: Random, by: User, end: datetime) -> None:
    """What marketing did shortly before somebody looks: campaigns with their costs, a test of pages."""
    with travel(end - timedelta(hours=3)):
        keep_campaigns(random, by, end)
    run_page_test(Random(end.day), end, by.pk)  # noqa: S311 - a story, not a secret
    with travel(end - timedelta(hours=20)):
        agree_otherwise()
    write_ahead(by.pk, end)


def _plan_offers(history: History, desk: Desk, known: dict[int, Someone], end: datetime) -> None:
    """Some who came by another form ask for an offer in the last months."""
    for n in range(OFFERS):
        history.plan(end - timedelta(days=5 * n + 2, hours=n % 7), desk.ask_for_an_offer, known)


def _come(someone: Someone, touch: Touch, reader: Reader, desk: Desk, readers: Readers) -> None:
    """The first visit of somebody who leaves an address."""
    from reif.crm.visitors import visitors_for

    rows = visitors_for({someone.key: first_seen(touch, now(), "/blog")})
    someone.visitor = rows[someone.key].id
    with writing():
        reader.arrive(someone, touch)
    desk.submit(someone, someone.form, Touch(touch.source, touch.detail_1))
    if someone.form == "webinar":
        readers.after_registration(someone)
    readers.come_back(someone)


def _plan_passers(history: History, reader: Reader, some: list[Passer]) -> None:
    """Weekly heaps: nobody waits for them."""
    for n in range(0, len(some), 60):
        heap = some[n : n + 60]
        history.plan(heap[-1].at, _pass, reader, heap)


def _pass(reader: Reader, heap: list[Passer]) -> None:
    with writing():
        pass_by(reader, heap)


def _by_month(lived: Iterator[datetime]) -> Iterator[str]:
    """The name of each month when it begins, else nothing."""
    last = ""
    for moment in lived:
        month = moment.strftime("%Y-%m")
        yield month if month != last else ""
        last = month


@contextmanager
def history_post(postman: Postman) -> Iterator[None]:
    """Mails go to the postman of the past, whatever EMAIL_URL says."""
    usual = CHANNELS[CHANNEL]
    CHANNELS[CHANNEL] = postman.drain
    try:
        yield
    finally:
        CHANNELS[CHANNEL] = usual
