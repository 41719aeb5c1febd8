"""How sellers answer, call, show, and win or lose: some at once, some late, some with a no."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from reif.crm.activities import cancel, finish, note, plan
from reif.crm.deals import lose, move_deal, open_deal, win
from reif.crm.models import Activity, Deal, Person, Stage
from reif.crm.move_stage import Move, move_stage
from reif.demo.draw import at_work, words
from reif.demo.history import History
from reif.kit.clock import now
from reif.route.accept import Answered, accept
from reif.route.models import Assignment
from reif.route.reasons import Fit, Reason
from reif.route.reject import Refusal, reject
from reif.staff.models import User

NEXT = ("qualified", "presentation", "decision", "contract")
LOSES = 0.17  # at each stage
PLANS = {4: "Start", 7: "Team", 11: "Unternehmen"}  # by francs for a person and month


class Selling:
    """Looks at open offers and plans what their owners will do."""

    def __init__(self, history: History) -> None:
        self.history, self.random = history, history.random
        self._seen: set[int] = set()

    def look(self, moment: datetime) -> None:
        rows = Assignment.objects.offered().exclude(id__in=self._seen) if len(self._seen) < 800 else self._newer()
        for one in rows.select_related("owner").order_by("id"):
            self._seen.add(one.pk)
            self._answer(one, moment)

    def _newer(self) -> Any:
        return Assignment.objects.offered().filter(id__gt=max(self._seen))

    def _answer(self, one: Assignment, moment: datetime) -> None:
        luck, random = self.random.random(), self.random
        if luck < 0.13:
            self.history.plan(at_work(random, moment, 0.5, 20), self._reject, one)
        elif luck < 0.29:
            self.history.plan(at_work(random, moment, 46, 80), self._accept, one)
        else:
            self.history.plan(at_work(random, moment, 0.08, 2.2), self._accept, one)

    def _reject(self, one: Assignment) -> None:
        key, detail, words_ = self.random.choice(words()["selling"]["rejections"])
        until = (now() + timedelta(days=75)).date() if key == "bad_timing" else None
        self._try(reject, one, Refusal(Reason(key), Fit(detail) if detail else None, words_, until), one.owner)

    def _accept(self, one: Assignment) -> None:
        if not self._try(accept, one, one.owner):
            return
        call = self._plan("call", "Erstgespräch", one.person, one.owner, at_work(self.random, now(), 0.3, 26), 15)
        self.history.plan(call.due_at + timedelta(minutes=14), self._called, call, one)

    def _try(self, verb: Any, one: Assignment, *given: Any) -> bool:
        """Somebody else may have been faster, or the offer may have moved on."""
        try:
            verb(one, *given)
        except Answered:
            return False
        return True

    def _called(self, call: Activity, one: Assignment) -> None:
        finish(call, one.owner_id, "reached", self.random.choice(words()["selling"]["notes"]))
        when = at_work(self.random, now(), 24, 150)
        demo = self._plan("demo", "Live-Demo Talentwerk", one.person, one.owner, when, 30)
        self.history.plan(demo.due_at + timedelta(minutes=35), self._shown, demo, one)

    def _shown(self, demo: Activity, one: Assignment) -> None:
        luck, person = self.random.random(), Person.objects.get(id=one.person_id)
        if luck < 0.08:
            cancel(demo, one.owner_id)
        else:
            finish(demo, one.owner_id, "held")
        if luck < 0.28:
            move_stage(
                [
                    Move(
                        person.id,
                        Stage.MQL,
                        reason="no_need" if luck < 0.18 else "bad_timing",
                        actor=one.owner_id,
                        back=True,
                    )
                ]
            )
        else:
            self.history.plan(at_work(self.random, now(), 0.2, 50), self.open_deal, person, one.owner)

    def open_deal(self, person: Person, owner: User) -> None:
        """What it would bring in a year, at the price of the plan that fits."""
        person = Person.objects.select_related("company").get(id=person.id)
        size = person.company.size if person.company and person.company.size else 30
        price = 4 if size <= 50 else 7 if size <= 500 else 11
        cents = round(size * self.random.uniform(0.85, 1.0)) * price * 12 * 100
        name = f"{person.company.name if person.company else person.name}: Talentwerk {PLANS[price]}"
        deal = open_deal(
            person=person, name=name, cents=cents, owner=owner.pk, by=owner.pk,
            currency="CHF" if person.country in ("CH", "") else "EUR",
            expected_on=(now() + timedelta(days=self.random.randint(35, 90))).date(),
        )  # fmt: skip
        self._next(deal, owner, 0)

    def _next(self, deal: Deal, owner: User, step: int) -> None:
        when = at_work(self.random, now(), 60, 24 * 17)
        self.history.plan(when, self._step, deal, owner, step)

    def _step(self, deal: Deal, owner: User, step: int) -> None:
        random, selling = self.random, words()["selling"]
        if random.random() < LOSES:
            reason, words_ = random.choice(selling["losses"])
            lose(deal, owner.pk, reason, words_)
        elif step == len(NEXT):
            win(deal, owner.pk, random.choice(selling["wins"]))
        else:
            move_deal(deal, NEXT[step], owner.pk)
            if random.random() < 0.6 and deal.person:
                note(deal.person, random.choice(selling["notes"]), owner.pk, deal=deal)
            self._next(deal, owner, step + 1)

    def _plan(self, kind: str, subject: str, person: Person, owner: User, due: datetime, minutes: int) -> Any:
        deal = Deal.objects.open().filter(person=person).first()
        return plan(kind, subject, person=person, owner=owner.pk, by=owner.pk, due_at=due, minutes=minutes, deal=deal)

    def fill_calendars(self, sellers: list[User], end: datetime) -> None:
        """What is planned for the days after today, for people who are being worked on."""
        kinds = (
            ("meeting", "Angebot besprechen", 45),
            ("call", "Rückruf", 15),
            ("demo", "Live-Demo Talentwerk", 30),
            ("task", "Vertrag vorbereiten", None),
        )
        waiting = Assignment.objects.offered().values("person")  # to plan something would be to accept
        for seller in sellers:
            mine = Person.objects.filter(owner=seller, stage__in=("sql", "opportunity")).exclude(id__in=waiting)
            for n, person in enumerate(mine.order_by("-stage_at")[:4]):
                kind, subject, minutes = kinds[n % 4]
                self._plan(
                    kind, subject, person, seller, at_work(self.random, end, 14 + 9 * n, 22 + 9 * n), minutes or 0
                )
