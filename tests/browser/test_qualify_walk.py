"""Scores that people trust: a marketer changes a model, tries it, publishes it; a visitor crosses it at once; a seller sees why."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import serious
from tests.browser.camera import Camera
from tests.browser.record import open_person
from tests.browser.ripen import Almost, almost_ripe, look_at_prices
from tests.browser.test_marketer import exactly, number
from tests.browser.watch import Watch
from tests.walks.house import House, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PRICES, POINTS = "Preise angesehen", 25
RULE = "Kommt aus den Bergen"


def test_from_a_draft_to_the_seller_who_sees_why(
    house: House, browse: Callable[..., Page], desk: Callable[[str], Page]
) -> None:
    who = almost_ripe(house, "Regina", "Frei-Ammann", "Bergkliniken Muster AG")
    page, camera = desk("marketing"), Camera("bewertung")
    address = what_is_missing(page, who, camera)
    without_a_draft(page)
    as_nobody_has_told_it_yet(page, camera)
    more_for_prices(page, camera)
    a_rule_that_nobody_has(page, camera)
    the_same_rule_mended(page, who)
    try_on_history(page, camera)
    publish(page, camera)
    the_comparison_is_kept(page, camera)
    until(lambda: RULE in points_of(page, address), "everybody's new points")
    seller = desk("seller")
    seller.goto("/inbox")
    expect(seller.locator("live-stream[data-line=on]")).to_be_attached()
    look_at_prices(browse(), who)
    the_seller_sees_why(seller, who, address, camera)
    go_back(page, camera)
    until(lambda: RULE not in points_of(page, address), "the points of before")


def what_is_missing(page: Page, who: Almost, camera: Camera) -> str:
    """What would make it SQL? Gives the address of the page of the score."""
    open_person(page, who.email, f"{who.first} {who.last}", stage="MQL")
    missing = page.locator(".missing")
    expect(missing).to_contain_text("SQL")
    expect(missing).to_contain_text("/preise")
    page.get_by_role("link", name="Jeder Punkt, und wie es dazu kam").click()
    expect(page.locator("reif-chart svg")).to_be_visible()
    expect(page.locator(".missing")).to_contain_text("/preise")
    camera.take(page, "was-fehlt", narrow=True, dark=True)
    page.get_by_role("link", name="Recruiting").click()
    expect(page.get_by_role("main")).to_contain_text("Bei der nächsten Stufe zählt dieses Modell nicht")
    return re.sub(r"\?.*", "", page.url)


def without_a_draft(page: Page) -> None:
    """The demo keeps one, made on a revision that other tests have overtaken."""
    page.goto("/scoring/draft")
    drop = page.get_by_role("button", name="Entwurf verwerfen")
    if drop.count():
        drop.click()
    expect(page.get_by_text("Wie in Kraft; die erste Änderung beginnt einen Entwurf")).to_be_visible()


def as_nobody_has_told_it_yet(page: Page, camera: Camera) -> None:
    """Where an earlier attempt ended in the middle, its rules are in force."""
    page.goto("/scoring")
    if page.get_by_role("link", name=RULE).count():
        go_back(page, camera)


def more_for_prices(page: Page, camera: Camera) -> None:
    page.goto("/scoring")
    camera.take(page, "modell", narrow=True)
    page.get_by_role("link", name=PRICES).click()
    page.get_by_label("Punkte", exact=True).fill(str(POINTS))
    expect(page.get_by_role("checkbox", name="Seite besucht")).to_be_checked()
    camera.take(page, "regel", narrow=True)
    keep(page)
    expect(page.get_by_text("Entwurf, bleibt bis zur Veröffentlichung")).to_be_visible()
    expect(rule(page, PRICES)).to_contain_text(f"+{POINTS}")
    rows = page.get_by_role("table", name="Zehn Personen, vorher und nachher").locator("tbody tr")
    expect(rows).to_have_count(10)
    before, after = (number(rows.first.locator("td").nth(n).inner_text()) for n in (1, 2))
    assert after >= before > 0


def a_rule_that_nobody_has(page: Page, camera: Camera) -> None:
    """The form of the predicate language, and the warning that comes of it."""
    page.get_by_role("link", name="Profil: Hinzufügen").click()
    page.get_by_label("Name auf Deutsch").fill(RULE)
    page.get_by_label("Punkte", exact=True).fill("4")
    ask(page, 0, "E-Mail-Domain", "is", "bergkliniken-muster.example")
    camera.take(page, "bedingung", narrow=True)
    keep(page)
    expect(never_fires(page)).to_be_visible()
    assert serious(page) == []
    camera.take(page, "entwurf", narrow=True)


def ask(page: Page, row: int, field: str, operator: str, value: str) -> None:
    """Fill one row of a condition, as each choice brings the next."""
    condition = page.locator(".condition").nth(row)
    condition.get_by_label("Wonach gefragt wird").select_option(label=field)
    choice = condition.get_by_label("Bedingung", exact=True)
    expect(choice).to_be_visible()
    with page.expect_response(re.compile("/segments/row")):
        choice.select_option(operator)
    expect(page.locator(".htmx-request")).to_have_count(0)
    answer = condition.get_by_label("Wert")
    if answer.evaluate("element => element.tagName") == "SELECT":
        answer.select_option(value)
    else:
        answer.fill(value)


def the_same_rule_mended(page: Page, who: Almost) -> None:
    rule(page, RULE).get_by_role("link").click()
    page.get_by_label("Wert").fill(who.email.split("@")[1])
    keep(page)
    expect(rule(page, RULE)).to_contain_text("1 Person")
    expect(never_fires(page)).to_have_count(0)


def never_fires(page: Page) -> Locator:
    return page.get_by_text(re.compile(f"«{RULE}» kommt nie vor|kommen nie vor: .*«{RULE}»"))


def rule(page: Page, words: str) -> Locator:
    return page.get_by_role("listitem").filter(has=page.get_by_role("link", name=words, exact=True))


def keep(page: Page) -> None:
    page.get_by_role("button", name="In den Entwurf übernehmen").last.click()
    page.wait_for_url("**/scoring/draft?model=main")


def try_on_history(page: Page, camera: Camera) -> None:
    """The comparison beside what is in force, and the slider of the threshold."""
    page.get_by_role("button", name="An der Geschichte ausprobieren").click()
    page.wait_for_url(re.compile(r"/scoring/try/\d+$"))
    expect(page.locator(".stats")).to_be_visible()
    expect(page.locator("reif-chart svg").first).to_be_visible()
    assert serious(page) == []
    camera.take(page, "rueckblick", narrow=True, dark=True)
    slider = page.locator("#confusion input[type=range]")
    slider.press("Home")
    expect(page.locator("#confusion output")).to_have_text("0")
    everybody = passed_on(page)
    slider.press("End")
    expect(page.locator("#confusion output")).not_to_have_text("0")
    assert passed_on(page) < everybody
    slider.scroll_into_view_if_needed()
    camera.take(page, "schwelle", narrow=True)


def passed_on(page: Page) -> int:
    """How many the draft would give to sales at the threshold of the slider."""
    return sum(number(page.locator(f"[data-draft={one}]").inner_text()) for one in ("tp", "fp"))


def publish(page: Page, camera: Camera) -> None:
    """In the background: the page says so until everybody has new points."""
    page.goto("/scoring/draft")
    page.keyboard.press("p")
    sheet = page.get_by_role("dialog", name="Bewertung veröffentlichen")
    sheet.get_by_label("Warum?").fill("Wer Preise ansieht, meint es ernst")
    camera.take(page, "veroeffentlichen", narrow=True)
    sheet.get_by_role("button", name="Veröffentlichen").click()
    page.wait_for_url("**/scoring")
    expect(page.locator("#toasts")).to_contain_text("ist veröffentlicht")
    until(lambda: f"+{POINTS}" in prices(page), "the model to count")


def prices(page: Page) -> str:
    page.goto("/scoring")
    return page.get_by_role("row", name=re.compile(PRICES)).inner_text()


def the_comparison_is_kept(page: Page, camera: Camera) -> None:
    """What was seen before publishing stands beside the revision, for good."""
    page.goto("/playbook")
    page.get_by_role("table", name="Verlauf").locator("tbody tr").first.get_by_role("link").first.click()
    kept = page.get_by_role("link", name="Alles, was verglichen wurde")
    until(lambda: kept.count() or not page.reload(), "the comparison to be kept")
    kept.click()
    expect(page.get_by_text("Ein Beleg, der sich nicht ändert.")).to_be_visible()
    expect(page.locator(".stats")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "beleg", narrow=True)


def points_of(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("#points").inner_text()


def the_seller_sees_why(page: Page, who: Almost, address: str, camera: Camera) -> None:
    """The row comes by itself; the brief says why now, and a click further every point adds up."""
    name = f"{who.first} {who.last}"
    row = page.get_by_role("listitem").filter(has_text=name)
    expect(row).to_be_visible()
    row.get_by_role("link", name=name).click()
    brief = page.locator("#aside")
    expect(brief).to_contain_text("Warum jetzt")
    expect(brief).to_contain_text("Hat «Preise» angesehen und damit")
    camera.take(page, "warum-jetzt", narrow=True)
    brief.get_by_role("link", name="Jeder Punkt").click()
    page.wait_for_url(re.compile(re.escape(address) + "$"))
    why = page.locator("#points")
    expect(why).to_contain_text(f"«{PRICES}» (+{POINTS})")
    lines = why.locator("tbody tr")
    expect(lines.filter(has_text=PRICES)).to_contain_text(f"+{POINTS}")
    expect(lines.filter(has_text=RULE)).to_contain_text("+4")
    points = [exactly(text) for text in lines.locator(".points").all_inner_texts()]
    assert sum(points) == exactly(why.locator("tfoot td, tfoot th").last.inner_text())
    assert serious(page) == []
    camera.take(page, "jeder-punkt", narrow=True, dark=True)


def go_back(page: Page, camera: Camera) -> None:
    """What was in force before is in force again, and the rule is gone."""
    page.goto("/playbook")
    page.get_by_role("table", name="Verlauf").locator("tbody tr").nth(1).get_by_role("link").first.click()
    page.get_by_role("button", name="Wieder in Kraft setzen").click()
    sheet = page.get_by_role("dialog", name="Diese Revision wieder in Kraft setzen?")
    camera.take(page, "zurueck", narrow=True)
    sheet.get_by_role("button", name="In Kraft setzen").click()
    until(lambda: "+15" in prices(page), "the model of before")
    expect(page.get_by_role("row", name=re.compile(RULE))).to_have_count(0)


def test_who_publishes_second_is_told_and_loses_nothing(desk: Callable[[str], Page], watch: Watch) -> None:
    """While a marketer edits the scoring, somebody else publishes a segment, counted live while it is built."""
    watch.forgive("status of 409")
    page, other, camera = desk("marketing"), desk("admin"), Camera("zu-zweit")
    without_a_draft(page)
    page.goto("/scoring/draft/main/group/new")
    page.get_by_label("Name auf Deutsch").fill("Anfragen")
    page.get_by_label("Höchstens so viele Punkte").fill("60")
    keep(page)
    a_segment(other, camera)
    page.keyboard.press("p")
    page.get_by_role("dialog", name="Bewertung veröffentlichen").get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_text("Nicht veröffentlicht.")).to_be_visible()
    expect(rule(page, "Anfragen")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "der-zweite", narrow=True)
    page.get_by_role("link", name="Ansehen, was sie geändert hat").click()
    expect(page.get_by_role("main")).to_contain_text("Schweiz, ab zwanzig Punkten")
    page.goto("/scoring/draft")
    expect(rule(page, "Anfragen")).to_be_visible()
    page.get_by_role("button", name="Entwurf verwerfen").click()
    expect(rule(page, "Anfragen")).to_have_count(0)


def a_segment(page: Page, camera: Camera) -> None:
    page.goto("/segments/new")
    count = page.locator("#segment-count")
    expect(count).to_contain_text("Personen zurzeit")
    everybody = number(count.inner_text())
    page.get_by_label("Auf Deutsch").fill("Schweiz, ab zwanzig Punkten")
    ask(page, 0, "Land", "is", "CH")
    expect(count).to_contain_text("Land ist Schweiz")
    swiss = number(count.inner_text())
    assert 0 < swiss < everybody
    page.get_by_role("button", name="Bedingung", exact=True).click()
    ask(page, 1, "Punktestand", ">=", "20")
    expect(count).to_contain_text("Punktestand ist mindestens 20")
    assert number(count.inner_text()) < swiss
    assert serious(page) == []
    camera.take(page, "segment", narrow=True)
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.get_by_role("heading", name="Schweiz, ab zwanzig Punkten")).to_be_visible()
    camera.take(page, "segment-seite", narrow=True, dark=True)


def test_a_persona_is_corrected_by_hand_and_found_again(desk: Callable[[str], Page]) -> None:
    page, camera = desk("marketing"), Camera("personas")
    page.goto("/personas")
    expect(page.get_by_role("heading", name="Petra, Leiterin Personal")).to_be_visible()
    assert serious(page) == []
    camera.take(page, "brett", narrow=True, dark=True)
    page.locator("a[href='/personas/hr-head']").first.click()
    camera.take(page, "persona", narrow=True, dark=True)
    page.locator("tr [data-open]").first.click()
    panel = page.locator("section.card").filter(has=page.get_by_role("heading", name="Persona"))
    expect(panel).to_contain_text("Petra, Leiterin Personal")
    panel.get_by_text("Ich weiss es besser").click()
    panel.get_by_label("Persona").select_option(label="Daniel, Geschäftsführer")
    panel.get_by_label("Warum").fill("Leitet seit Mai die Firma")
    camera.take(page, "ich-weiss-es-besser")
    panel.get_by_role("button", name="So behalten").click()
    expect(panel).to_contain_text("Daniel, Geschäftsführer")
    expect(panel).to_contain_text("Leitet seit Mai die Firma")
    panel.get_by_text("Ich weiss es besser").click()
    panel.get_by_role("button", name="Wieder finden lassen").click()
    expect(panel.get_by_role("link", name="Petra, Leiterin Personal")).to_be_visible()


def test_no_chance_is_shown_where_too_little_is_known(desk: Callable[[str], Page]) -> None:
    """A small company has too few outcomes to learn from: it reads so, and how many are needed."""
    page, camera = desk("marketing"), Camera("voraussage")
    page.goto("/prediction")
    many = re.compile(r"Personen mit dem Ergebnis\s*\d+ / 50\s*Personen ohne das Ergebnis\s*\d+ / 50")
    expect(page.get_by_role("main")).to_contain_text(many)
    assert serious(page) == []
    camera.take(page, "zu-wenig", narrow=True, dark=True)
    page.get_by_role("link", name="Abschluss").click()
    expect(page.get_by_role("main")).to_contain_text(many)
