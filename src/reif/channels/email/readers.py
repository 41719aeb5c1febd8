"""Who reads a batch of mails: addresses, names and what their texts may say about them, in a few queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reif.channels.models import MailContent, Message
from reif.crm.models import Person
from reif.log.models import Effect
from reif.staff.models import User


@dataclass
class Post:
    """One claimed effect with all that is needed to write it."""

    effect: Effect
    message: Message
    content: MailContent | None
    address: str = ""
    name: str = ""
    zone: str = ""
    values: dict[str, object] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        return str(self.effect.body.get("kind", "marketing"))

    @property
    def language(self) -> str:
        return str(self.effect.body.get("language", "de"))

    @property
    def mail(self) -> str:
        return str(self.effect.body.get("mail", ""))


def posts_of(effects: Sequence[Effect]) -> list[Post]:
    """In the order of the effects. An address that is not there is empty."""
    messages = {m.id: m for m in Message.objects.filter(id__in=[e.id for e in effects])}
    people = _people(effects)
    users = {u.id: u for u in User.objects.filter(id__in={e.body.get("user") for e in effects} - {None})}
    contents = MailContent.objects.in_bulk({m.content_id for m in messages.values()} - {None})
    posts = []
    for effect in effects:
        message = messages.get(effect.id) or _unknown(effect)
        post = Post(effect, message, contents.get(message.content_id or 0))
        _address(post, people, users)
        posts.append(post)
    return posts


def _people(effects: Sequence[Effect]) -> dict[int, Person]:
    wanted = {e.person_id for e in effects} | {e.body.get("variables", {}).get("about") for e in effects}
    found = Person.objects.living().filter(id__in=wanted - {None})
    return {p.id: p for p in found.select_related("company")}


def _unknown(effect: Effect) -> Message:
    """An effect that was queued without its message, by an older version."""
    body = effect.body
    return Message(id=effect.id, person_id=effect.person_id, mail=body.get("mail", ""),
                   kind=body.get("kind", "marketing"), queued_at=effect.queued_at)  # fmt: skip


def _address(post: Post, people: dict[int, Person], users: dict[int, User]) -> None:
    body = post.effect.body
    variables = dict(body.get("variables", {}))
    person, user = people.get(post.effect.person_id or 0), users.get(body.get("user") or 0)
    about = people.get(variables.pop("about", 0) or 0)
    if person and person.email:
        post.address, post.name, post.zone = person.email, _full(person), person.timezone
    elif user and user.is_active:
        post.address, post.name, post.zone = user.email, user.get_full_name(), user.timezone
    elif post.effect.person_id is None and not body.get("user"):
        post.address = str(body.get("to", ""))
    post.values = {
        "person": _said(person or about),
        "user": {"name": user.name, "first_name": user.first_name, "email": user.email} if user else {},
        "greeting": _greeting(post.name, post.language),
        **variables,
    }


def _full(person: Person) -> str:
    return f"{person.first_name} {person.last_name}".strip()


def _greeting(name: str, language: str) -> str:
    hello = "Hello" if language == "en" else "Guten Tag"
    return f"{hello} {name}".strip()


def _said(person: Person | None) -> dict[str, object]:
    if person is None:
        return {}
    return {
        "first_name": person.first_name, "last_name": person.last_name, "name": person.name, "email": person.email,
        "job_title": person.job_title, "city": person.city, "country": person.country, "language": person.language,
        "company": person.company.name if person.company else person.company_name, "score": person.score,
        "phone": person.phone,
    }  # fmt: skip
