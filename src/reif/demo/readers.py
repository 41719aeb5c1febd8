"""What people do with their mails: open, click, read on, register, ask for a demo, or leave."""

from __future__ import annotations

from datetime import datetime, timedelta

from reif.channels.email.track import Seen, clicked, opened, unsubscribe
from reif.channels.models import Message
from reif.demo.draw import later
from reif.demo.forms import Desk
from reif.demo.history import History
from reif.demo.people import Someone
from reif.demo.visits import BY_MAIL, DIRECT, Reader
from reif.kit.clock import now
from reif.log.append import append, writing
from reif.log.catalogue.web import WebinarAttended

HUMAN = Seen("GET", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36")
PROXY = Seen("GET", "Mozilla/5.0")
SCANNER = Seen("GET", "Barracuda Sentinel")
OPENS = {"hot": 0.8, "warm": 0.52, "cold": 0.24, "fresh": 1.0}
CLICKS = {"hot": 0.62, "warm": 0.27, "cold": 0.07, "fresh": 1.0}
PAGES = {
    "hr-tools": "/blog/neue-hr-tools-2026",
    "webinar-invitation": "/p/webinar-recruiting-trends",
    "webinar-recording": "/blog/mitarbeitergespraech-fuehren",
    "demo-invitation": "/p/demo",
    "onboarding": "/blog/onboarding-die-ersten-100-tage",
}
REGISTERS = {"hot": 0.85, "warm": 0.3, "cold": 0.08, "fresh": 0.0}
ASKS = {"hot": 0.5, "warm": 0.1, "cold": 0.0, "fresh": 0.0}
PRICES = {"hot": 0.88, "warm": 0.4, "cold": 0.1, "fresh": 0.0}


class Readers:
    """Looks at the mails that have just been sent and plans what their readers will do."""

    def __init__(self, history: History, reader: Reader, desk: Desk, people: dict[int, Someone]) -> None:
        self.history, self.reader, self.desk, self.people = history, reader, desk, people
        self.random, self._since = history.random, history.end - timedelta(days=9999)

    def look(self, _moment: datetime) -> None:
        fresh = Message.objects.filter(sent_event=None, sent_at__isnull=False, person_id__isnull=False)
        rows = fresh.filter(kind="marketing").order_by("id")
        for message in rows.filter(sent_at__gt=self._since):
            if someone := self.people.get(message.person_id or 0):
                self._react(message, someone)
        self._since = now()

    def _react(self, message: Message, someone: Someone) -> None:
        random, sent = self.random, message.sent_at or self._since
        if random.random() < 0.14:
            self.history.plan(sent + timedelta(seconds=2), opened, message, PROXY)
        if random.random() < 0.05:
            self.history.plan(sent + timedelta(seconds=1), clicked, message, PAGES[message.mail], SCANNER)
        if random.random() < OPENS[someone.heat]:
            at = later(random, sent, 0.1, 30)
            self.history.plan(at, opened, message, HUMAN)
            if random.random() < CLICKS[someone.heat]:
                self.history.plan(at + timedelta(seconds=random.randint(20, 90)), self._follow, message, someone)
            elif random.random() < (0.05 if someone.heat == "cold" else 0.012):
                self.history.plan(at + timedelta(seconds=40), unsubscribe, message, random.random() < 0.6)

    def _follow(self, message: Message, someone: Someone) -> None:
        """A click, the page it leads to, and what comes of it."""
        path, random = PAGES[message.mail], self.random
        clicked(message, path, HUMAN)
        at = now()
        with writing():
            self.reader.view(someone.visitor, someone.id, path, BY_MAIL, at)
        if message.mail == "webinar-invitation" and random.random() < REGISTERS[someone.heat]:
            self.history.plan(at + timedelta(minutes=random.randint(2, 9)), self.register, someone)
        if message.mail == "demo-invitation" and random.random() < ASKS[someone.heat]:
            self.history.plan(at + timedelta(minutes=random.randint(3, 15)), self.desk.submit, someone, "demo", BY_MAIL)
        if message.mail == "hr-tools" and random.random() < 0.3:
            self.history.plan(at + timedelta(minutes=4), self.read, someone, self.reader.article(at))

    def register(self, someone: Someone) -> None:
        """For the webinar; then the prices, and for most the webinar itself."""
        self.desk.submit(someone, "webinar", BY_MAIL)
        self.after_registration(someone)

    def after_registration(self, someone: Someone) -> None:
        at, random = now(), self.random
        if random.random() < PRICES[someone.heat]:
            when = at + timedelta(minutes=5) if random.random() < 0.3 else later(random, at, 3, 150)
            self.history.plan(when, self.read, someone, "/preise")
        if random.random() < 0.62:
            self.history.plan(later(random, at, 90, 330), self._attend, someone)

    def read(self, someone: Someone, path: str) -> None:
        with writing():
            self.reader.view(someone.visitor, someone.id, path, DIRECT, now())

    def come_back(self, someone: Someone) -> None:
        """Some return by themselves in the weeks after."""
        random, at = self.random, someone.comes_at
        for _ in range(
            random.choice({"hot": (1, 2, 3, 4), "warm": (0, 1, 1, 2), "fresh": (1,)}.get(someone.heat, (0, 0, 0, 1)))
        ):
            at = later(random, at, 20, 500)
            path = "/preise" if random.random() < PRICES[someone.heat] / 3 else self.reader.article(at)
            self.history.plan(at, self.read, someone, path)

    def _attend(self, someone: Someone) -> None:
        minutes = self.random.choice((12, 28, 41, 45, 45, 45))
        with writing():
            append(WebinarAttended(person=someone.id, topic="recruiting-trends", minutes=minutes))
