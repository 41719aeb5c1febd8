"""The article's example, from the click on a blog post to the signed contract, over HTTP and a real mail server."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from tests.walks.house import House, Post, a_house, until
from tests.walks.page import browser, close_all, form, links, read, sign_in

COUNTED = re.compile(r'<tr>.*?data-stage="(\w+)".*?class="num">(\d+)<', re.S)
ARTICLE = "/blog/5-schritte-zur-erfolgreichen-mitarbeiterbindung"
ADDRESS = "petra.huber@bergbahn-muster.example"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


class Visitor:
    """Somebody with a browser who has agreed to be recognised."""

    def __init__(self, house: House) -> None:
        self.key = str(uuid.uuid4())
        cookies = {"reif_v": self.key, "reif_c": "personal"}
        headers = {"User-Agent": BROWSER, "Accept-Language": "de-CH", "Accept": "text/html"}
        self.web = browser(house.base, cookies=cookies, headers=headers)

    def open(self, address: str, referrer: str = "", days: float = 0) -> httpx.Response:
        """Load a page and say so, as the tracking script does."""
        page = self.web.get(address)
        assert page.status_code == 200, (address, page.status_code)
        at = datetime.fromtimestamp(datetime.now(UTC).timestamp() + days * 86400, UTC)
        beacon = {"t": "view", "u": str(page.url), "r": referrer, "ti": title_of(page), "v": self.key, "c": "personal"}
        beacon |= {"m": str(uuid.uuid4()), "ts": at.isoformat()}
        assert self.web.post("/e", json=beacon).status_code == 204
        return page


def title_of(page: httpx.Response) -> str:
    found = re.search(r"<title>(.*?)</title>", page.text, re.S)
    return found[1].strip() if found else ""


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def hrefs(mail: EmailMessage) -> list[str]:
    return [h.replace("&amp;", "&") for h in re.findall(r'href="(http[^"]+)"', html_of(mail))]


@pytest.mark.slow
def test_from_the_first_click_to_the_contract(tmp_path: Path) -> None:
    with a_house(tmp_path) as (house, post):
        house.run("demo", "--no-serve", "--people", "0")
        house.start()
        visitor = Visitor(house)
        read_and_ask(visitor, house)
        confirm(visitor, house, post)
        nurture(visitor, house, post)
        assignment = hand_over(house, post)
        close(house, assignment)


def read_and_ask(visitor: Visitor, house: House) -> None:
    article = visitor.open(f"{ARTICLE}?utm_source=linkedin&utm_medium=social", referrer="https://www.linkedin.com/")
    offers = links(article, "/p/whitepaper-mitarbeiterbindung")
    assert offers, "the article ends with the offer"
    page = visitor.open(offers[-1])
    sheet = form(page, "/f/whitepaper")
    assert not any(box in sheet.values for box in sheet.boxes), "no box is ticked beforehand"
    bad = sheet.send(visitor.web, email="not an address", company="Bergbahn Muster AG")
    assert bad.status_code == 422
    box = next(iter(sheet.boxes))
    filled = {"email": ADDRESS, "company": "Bergbahn Muster AG", box: sheet.boxes[box]}
    thanks = until(lambda: _sent(sheet.send(visitor.web, **filled)), "the form to be taken")
    assert "E-Mail" in thanks.text


def _sent(answer: httpx.Response) -> httpx.Response | None:
    """The page after the form; nothing while it is still too early to be a person."""
    return answer if answer.status_code == 200 and answer.history else None


def confirm(visitor: Visitor, house: House, post: Post) -> None:
    mail = post.wait_for(ADDRESS, "bestätigen")
    assert "List-Unsubscribe" not in mail
    assert "<img" not in html_of(mail), "no pixel in a confirmation"
    link = next(h for h in hrefs(mail) if "/c/" in h)
    assert visitor.web.head(link).status_code in (200, 405)
    page = visitor.web.get(link)
    desk = sign_in(house.base, "marketing@demo.example")
    assert 'data-stage="mql" aria-current' not in person_page(desk).text, "a look at the link is no consent"
    done = form(page, "/c/").send(visitor.web)
    assert done.status_code == 200
    download = [*links(done, "/d/"), str(done.url)]
    step = visitor.web.get(download[0])
    pdf = visitor.web.get(links(step, "/file")[0]) if "html" in step.headers["content-type"] else step
    assert pdf.content[:5] == b"%PDF-"
    page = until(lambda: _with(person_page(desk), "MQL"), "the person to be an MQL")
    text = page.text
    assert "Bergbahn Muster AG" in text
    assert "5 Schritte" in text, "what was read before is known"
    assert "Ich möchte von Talentwerk" in text, "the consent's text stands as it was shown"


def person_page(desk: httpx.Client) -> httpx.Response:
    found = desk.get("/people", params={"q": "petra.huber@bergbahn"})
    hits = [h for h in links(found, "/people/") if re.search(r"/people/\d+$", h)]
    assert hits, "the person is in the list"
    assert len(set(hits)) == 1, "one address is one person"
    return desk.get(hits[0])


def _with(page: httpx.Response, words: str) -> httpx.Response | None:
    return page if words in page.text else None


def score_of(page: httpx.Response) -> int:
    found = re.search(r'class="score[^>]*>.*?</span>\s*([\d’]+)', page.text, re.S)
    assert found
    return int(found[1].replace("’", ""))


def nurture(visitor: Visitor, house: House, post: Post) -> None:
    desk = sign_in(house.base, "marketing@demo.example")
    before = score_of(person_page(desk))
    tools = next_mail(house, post, "HR-Tools", days=range(4, 9))
    assert "List-Unsubscribe" in tools
    pixel = re.search(r'src="(http[^"]+\.gif)"', html_of(tools))
    assert pixel
    day = house.days + 0.05
    house.start(day)
    visitor.web.get(pixel[1])
    link = next(h for h in hrefs(tools) if "/l/" in h)
    scanner = browser(house.base, headers={"User-Agent": "Barracuda Sentinel (EE)"}, follow_redirects=False)
    scanner.get(link)
    landed = visitor.web.get(link)
    assert "/blog/neue-hr-tools-2026" in str(landed.url)
    desk = sign_in(house.base, "marketing@demo.example")
    page = until(lambda: _higher(person_page(desk), before), "opening and clicking to earn points")
    assert "Maschine" in page.text, "the scanner is told apart"
    invitation = next_mail(house, post, "Recruiting", days=range(int(day) + 7, int(day) + 16))
    house.start(house.days + 0.05)
    link = next(h for h in hrefs(invitation) if "/l/" in h)
    webinar = visitor.web.get(link)
    assert "/p/webinar-recruiting-trends" in str(webinar.url)
    sheet = form(webinar, "/f/webinar")
    answers = {"email": ADDRESS, "first_name": "Petra", "last_name": "Huber"} | choices(sheet.names)
    until(lambda: _sent(sheet.send(visitor.web, **answers)), "the webinar form to be taken")
    post.wait_for(ADDRESS, "Sie sind angemeldet")
    visitor.open("/preise", days=house.days)


def choices(names: list[str]) -> dict[str, str]:
    known = {"job_title": "Leiterin HR", "country": "CH", "region": "GR", "company_size": "120", "size": "120"}
    return {name: value for name, value in known.items() if name in names}


def _higher(page: httpx.Response, than: int) -> httpx.Response | None:
    return page if score_of(page) > than and "Maschine" in page.text else None


def next_mail(house: House, post: Post, subject: str, days: range) -> EmailMessage:
    """Let days pass until a mail comes; journeys wait for a weekday and the morning."""
    for day in mornings(days):
        house.start(day)
        try:
            return post.wait_for(ADDRESS, subject, patience=6)
        except AssertionError:
            continue
    raise AssertionError(f"no mail with {subject!r} in {days}")


def mornings(days: range) -> list[float]:
    """Half past ten on those of the coming days that are no weekend, as distances from now in days."""
    here = datetime.now(ZoneInfo("Europe/Zurich"))
    to_morning = (here.replace(hour=10, minute=30, second=0, microsecond=0) - here).total_seconds() / 86400
    return [to_morning + day for day in days if (here + timedelta(days=day)).weekday() < 5]


def hand_over(house: House, post: Post) -> str:
    brief = post.wait_for("@demo.example", "Petra Huber")
    seller = brief["X-To"]
    words = brief.get_body(("plain",))
    assert words is not None
    assert "Webinar" in words.get_content(), "the brief says what was done"
    desk = sign_in(house.base, seller)
    inbox = desk.get("/inbox")
    assert "Petra Huber" in inbox.text
    page = person_page(desk)
    why = links(page, "/why/")
    assert why
    assigned = next(h for h in why if "person.assigned" in desk.get(h).text or "übergeben" in desk.get(h).text)
    chain = desk.get(assigned).text
    assert "SQL" in chain, "the chain leads over the stage"
    assert "/preise" in chain, "and begins with the click"
    return str(seller)


def close(house: House, seller: str) -> None:
    desk = sign_in(house.base, seller)
    inbox = desk.get("/inbox")
    sheet = desk.get(next(h for h in links(inbox, "open=")))
    assert "Bergbahn Muster AG" in sheet.text
    accept = form(sheet, "/acceptance")
    assert accept.send(desk).status_code == 200
    number = str(person_page(desk).url).rsplit("/", 1)[-1]
    plan = form(desk.get("/activities/new", params={"person": number}), "/activities")
    planned = plan.send(desk, kind="demo", subject="Live-Demo für Petra", **_soon(house))
    assert planned.status_code == 200, planned.text[:500]
    page = person_page(desk)
    assert "Live-Demo für Petra" in page.text
    held = form(desk.get("/activities"), "/completion").send(desk)
    assert held.status_code == 200
    sheet = form(desk.get("/deals/new", params={"person": number}), "/deals")
    deal = sheet.send(desk, name="Talentwerk für 120 Personen", amount="14’400")
    assert re.search(r"/deals/\d+$", str(deal.url)), deal.text[:500]
    moved = next(f for f in read(deal).forms if "/stage" in f.action and f.values["stage"] == "contract").send(desk)
    assert moved.status_code == 200
    closing = form(desk.get(f"{deal.url}/closure", params={"outcome": "won"}), "/closure")
    assert closing.send(desk).status_code == 200
    until(lambda: _with(person_page(desk), 'data-stage="customer" aria-current'), "the person to be a customer")
    analyst = sign_in(house.base, "analyst@demo.example")
    funnel = analyst.get("/funnel", params={"as": "table"})
    reached = {stage: int(n) for stage, n in re.findall(COUNTED, funnel.text)}
    assert reached["customer"] == 1
    assert reached["lead"] >= reached["mql"] >= reached["sql"] >= reached["opportunity"] >= 1


def _soon(house: House) -> dict[str, str]:
    tomorrow = datetime.now(ZoneInfo("Europe/Zurich")) + timedelta(days=house.days + 1)
    return {"day": f"{tomorrow:%Y-%m-%d}", "at": "10:00"}
