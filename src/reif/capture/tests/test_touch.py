"""Addresses, referrers and agents as they come from the real world, a table for each source category."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reif.capture.sources.source import Touch, touch
from reif.crm.models import Source

HOME = "https://www.talentwerk.ch/preise"
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"

Row = tuple[str, str, str, str]  # query of the address or a whole one, referrer, drill-down 1, drill-down 2

ORGANIC_SEARCH: list[Row] = [
    ("", "https://www.google.com/", "", "Google"),
    ("", "https://www.google.co.uk/", "", "Google"),
    ("", "https://www.google.ch/search?q=mitarbeiter+binden", "mitarbeiter binden", "Google"),
    ("", "https://www.bing.com/search?q=hr+software&form=QBLH", "hr software", "Bing"),
    ("", "https://duckduckgo.com/", "", "DuckDuckGo"),
    ("", "https://html.duckduckgo.com/html/?q=hr", "hr", "DuckDuckGo"),
    ("", "https://www.ecosia.org/", "", "Ecosia"),
    ("", "https://search.brave.com/", "", "Brave"),
    ("", "https://suche.t-online.de/fast-cgi/tsc?q=absenzen", "absenzen", "T-Online"),
    ("", "https://suche.gmx.ch/web?q=lohn", "lohn", "GMX"),
    ("", "https://de.search.yahoo.com/search?p=personalsoftware", "personalsoftware", "Yahoo"),
    ("", "https://www.startpage.com/", "", "Startpage"),
    ("", "https://www.qwant.com/", "", "Qwant"),
    ("", "https://search.ch/?q=hr", "hr", "search.ch"),
    ("", "https://yandex.ru/", "", "Yandex"),
    ("", "https://www.baidu.com/s?wd=hr", "hr", "Baidu"),
    ("", "android-app://com.google.android.googlequicksearchbox/", "", "Google"),
    ("", "android-app://com.google.android.googlequicksearchbox/https/www.google.com", "", "Google"),
    ("?srsltid=AfmBOoq1", "https://www.google.com/", "", "Google"),
    ("?utm_source=google&utm_medium=organic&utm_campaign=gmb", "", "", "Google"),
    ("?utm_source=bing&utm_medium=Organic%20Search&utm_term=hr", "", "hr", "Bing"),
]
PAID_SEARCH: list[Row] = [
    ("?gclid=Cj0KCQ", "https://www.google.com/", "", "Google"),
    ("?gad_source=1&gad_campaignid=221&gbraid=0AAA", "https://www.google.ch/", "", "Google"),
    ("?wbraid=Clk", "", "", "Google"),
    ("?gad_source=1", "https://www.google.com/", "", "Google"),
    ("?msclkid=5f2", "https://www.bing.com/", "", "Bing"),
    ("?utm_source=google&utm_medium=cpc&utm_campaign=brand&utm_term=talentwerk", "", "brand", "talentwerk"),
    ("?utm_source=Google&utm_medium=CPC&utm_campaign=Brand", "https://www.google.com/", "Brand", "Google"),
    ("?utm_source=google&utm_medium=paid_search&utm_campaign=brand", "", "brand", "Google"),
    ("?utm_source=google&utm_medium=Paid%20Search&utm_campaign=brand", "", "brand", "Google"),
    ("?utm_source=bing&utm_medium=ppc&utm_campaign=hr&utm_term=%7Bkeyword%7D", "", "hr", "Bing"),
    ("?utm_source=adwords&utm_campaign=hr&gclid=x", "", "hr", "Google"),
    ("?utm_source=google&utm_campaign=hr&gclid=x", "", "hr", "Google"),
    ("?mtm_source=google&mtm_medium=cpc&mtm_campaign=sommer&mtm_kwd=hr", "", "sommer", "hr"),
    ("?utm_source=bing&utm_medium=retargeting&utm_campaign=zurueck", "", "zurueck", "Bing"),
]
EMAIL_MARKETING: list[Row] = [
    ("?utm_source=reif&utm_medium=email&utm_campaign=hr-nurture&utm_content=mail-2", "", "hr-nurture", "mail-2"),
    ("?utm_source=newsletter&utm_medium=E-Mail&utm_campaign=mai", "https://mail.google.com/", "mai", "newsletter"),
    ("?utm_source=hs_email&utm_medium=email&_hsenc=p2A&_hsmi=9", "", "", "hs_email"),
    ("?utm_source=brevo&utm_campaign=herbst", "", "herbst", "brevo"),
    ("?mc_cid=1f2&mc_eid=ab", "", "", "Mailchimp"),
    ("?mkt_tok=OTk", "", "", "Marketo"),
    ("?reif=AbC123", "", "", "Reif"),
    ("", "https://mail.google.com/mail/u/0/", "", "mail.google.com"),
    ("", "https://outlook.live.com/", "", "outlook.live.com"),
    ("", "https://outlook.office.com/mail/", "", "outlook.office.com"),
    ("", "https://navigator.gmx.net/mail", "", "navigator.gmx.net"),
    ("", "https://email.bluewin.ch/", "", "email.bluewin.ch"),
    ("", "android-app://com.google.android.gm/", "", "Gmail"),
    ("", "android-app://com.microsoft.office.outlook/", "", "Outlook"),
    ("?utm_medium=newsletter&utm_campaign=juni", "https://www.facebook.com/", "juni", ""),
]
SOCIAL_MEDIA: list[Row] = [
    ("", "https://www.linkedin.com/", "LinkedIn", ""),
    ("", "https://lnkd.in/eAbC", "LinkedIn", ""),
    ("", "https://t.co/AbC", "X", ""),
    ("", "https://l.facebook.com/l.php?u=x", "Facebook", ""),
    ("", "https://m.facebook.com/", "Facebook", ""),
    ("?fbclid=IwAR0", "https://l.instagram.com/", "Instagram", ""),
    ("?fbclid=IwAR0", "", "Facebook", ""),
    ("?igsh=MzR", "", "Instagram", ""),
    ("", "https://www.xing.com/news", "XING", ""),
    ("", "https://www.youtube.com/", "YouTube", ""),
    ("", "https://out.reddit.com/t3_x", "Reddit", ""),
    ("", "https://news.ycombinator.com/", "Hacker News", ""),
    ("", "https://go.bsky.app/", "Bluesky", ""),
    ("", "https://troet.cafe/@a", "Mastodon", ""),
    ("", "https://web.whatsapp.com/", "WhatsApp", ""),
    ("", "https://web.telegram.org/", "Telegram", ""),
    ("", "https://teams.microsoft.com/", "Microsoft Teams", ""),
    ("", "android-app://com.linkedin.android/", "LinkedIn", ""),
    ("", "android-app://com.facebook.orca/", "Messenger", ""),
    ("", "android-app://com.Slack/", "Slack", ""),
    ("?utm_source=linkedin&utm_medium=social&utm_campaign=blog", "", "LinkedIn", "blog"),
    ("?utm_source=LinkedIn&utm_medium=Organic_Social&utm_campaign=blog", "", "LinkedIn", "blog"),
    ("?utm_source=linkedin.com&utm_medium=referral", "", "LinkedIn", ""),
    ("?utm_source=ig&utm_medium=social&utm_content=link_in_bio&fbclid=x", "", "Instagram", ""),
    ("?utm_source=kununu", "", "kununu", ""),
]
PAID_SOCIAL: list[Row] = [
    ("?utm_source=linkedin&utm_medium=paid-social&utm_campaign=whitepaper", "", "LinkedIn", "whitepaper"),
    ("?utm_source=linkedin&utm_medium=cpc&utm_campaign=whitepaper&li_fat_id=1", "", "LinkedIn", "whitepaper"),
    ("?utm_source=linkedin&utm_medium=sponsored-content&utm_campaign=w", "", "LinkedIn", "w"),
    ("?li_fat_id=b2f", "https://www.linkedin.com/", "LinkedIn", ""),
    ("?utm_source=fb&utm_medium=paid&utm_campaign=q3&fbclid=x", "", "Facebook", "q3"),
    ("?utm_source=ig&utm_medium=paid&utm_campaign=q3", "", "Instagram", "q3"),
    ("?utm_source=an&utm_medium=paid&utm_campaign=q3", "", "Facebook", "q3"),
    ("?utm_source=%7B%7Bsite_source_name%7D%7D&utm_medium=paid&utm_campaign=q3&fbclid=x", "", "Facebook", "q3"),
    ("?utm_source=facebook&utm_medium=cpm&utm_campaign=reach", "", "Facebook", "reach"),
    ("?utm_source=meta&utm_medium=paid_social&utm_campaign=reach", "", "Facebook", "reach"),
    ("?ttclid=E.C", "", "TikTok", ""),
    ("?twclid=2-1", "https://t.co/x", "X", ""),
    ("?ScCid=1a", "", "Snapchat", ""),
    ("?rdt_cid=5", "https://www.reddit.com/", "Reddit", ""),
    ("?utm_source=xing&utm_medium=display&utm_campaign=hr", "", "XING", "hr"),
]
REFERRALS: list[Row] = [
    (
        "",
        "https://hr-magazin.example/artikel/fluktuation/",
        "hr-magazin.example",
        "hr-magazin.example/artikel/fluktuation",
    ),
    ("", "https://www.kmu-verband.example/", "kmu-verband.example", "kmu-verband.example/"),
    ("", "https://bit.ly/3xYz", "bit.ly", "bit.ly/3xYz"),
    ("", "https://docs.google.com/document/d/1", "docs.google.com", "docs.google.com/document/d/1"),
    ("", "https://news.google.com/", "news.google.com", "news.google.com/"),
    ("", "https://facebook.evil.example.com/x", "facebook.evil.example.com", "facebook.evil.example.com/x"),
    ("", "https://somebody.github.io/liste", "somebody.github.io", "somebody.github.io/liste"),
    ("", "https://google.evil.example.com/", "google.evil.example.com", "google.evil.example.com/"),
    ("?utm_source=hr-portal&utm_medium=referral&utm_campaign=gastbeitrag", "", "hr-portal", "gastbeitrag"),
    ("?utm_source=treuhand-ag&utm_medium=partner", "", "treuhand-ag", ""),
    ("", "http://xn--mller-kva.example/", "xn--mller-kva.example", "xn--mller-kva.example/"),
]
AI_REFERRALS: list[Row] = [
    ("", "https://chatgpt.com/", "ChatGPT", "/preise"),
    ("", "https://chat.openai.com/", "ChatGPT", "/preise"),
    ("?utm_source=chatgpt.com", "", "ChatGPT", ""),
    ("?utm_source=chatgpt.com&utm_medium=referral", "https://chatgpt.com/", "ChatGPT", ""),
    ("?utm_source=openai", "", "ChatGPT", ""),
    ("?utm_source=perplexity&utm_medium=organic", "", "Perplexity", ""),
    ("", "https://www.perplexity.ai/search/x", "Perplexity", "/preise"),
    ("", "https://gemini.google.com/", "Gemini", "/preise"),
    ("", "https://copilot.microsoft.com/", "Copilot", "/preise"),
    ("", "https://www.bing.com/chat?q=x", "Copilot", "/preise"),
    ("", "https://claude.ai/chat/1", "Claude", "/preise"),
    ("", "https://chat.mistral.ai/", "Le Chat", "/preise"),
    ("", "https://notebooklm.google.com/", "NotebookLM", "/preise"),
    ("", "android-app://com.openai.chatgpt/", "ChatGPT", "/preise"),
    ("?utm_source=copilot.com", "", "Copilot", ""),
    ("?utm_source=assistent&utm_medium=ai-referral&utm_campaign=x", "", "assistent", "x"),
]
OTHER_CAMPAIGNS: list[Row] = [
    ("?utm_campaign=herbst", "", "herbst", ""),
    ("?utm_source=hr-magazin&utm_medium=banner&utm_campaign=herbst", "", "herbst", "hr-magazin"),
    ("?utm_source=hr-magazin&utm_medium=cpm&utm_campaign=herbst", "", "herbst", "hr-magazin"),
    ("?utm_source=partnernetz&utm_medium=affiliate&utm_campaign=a1", "", "a1", "partnernetz"),
    ("?utm_source=app&utm_medium=push", "", "app", "push"),
    ("?utm_source=google&utm_medium=display&utm_campaign=marke", "", "marke", "google"),
    ("?dclid=CJ", "", "Google", ""),
    ("?awc=1_2", "", "Awin", ""),
]
OFFLINE: list[Row] = [
    ("?utm_source=personal-messe&utm_medium=flyer&utm_campaign=messe-2026", "", "personal-messe", "messe-2026"),
    ("?utm_source=plakat-zh&utm_medium=QR-Code&utm_campaign=sommer", "https://www.google.com/", "plakat-zh", "sommer"),
    ("?utm_medium=print", "", "print", ""),
    ("?utm_source=messe&utm_campaign=swiss-hr", "", "messe", "swiss-hr"),
    ("?utm_source=visitenkarte&utm_medium=business_card", "", "visitenkarte", ""),
    ("?utm_source=nzz&utm_medium=inserat&utm_campaign=mai", "", "nzz", "mai"),
]
DIRECT_TRAFFIC: list[Row] = [
    ("", "", "/preise", "www.talentwerk.ch"),
    ("", "null", "/preise", "www.talentwerk.ch"),
    ("", "about:blank", "/preise", "www.talentwerk.ch"),
    ("?lang=de&page=2", "", "/preise", "www.talentwerk.ch"),
    ("?utm_source=&utm_medium=&utm_campaign=", "", "/preise", "www.talentwerk.ch"),
    ("?utm_source=(direct)&utm_medium=(none)", "", "", ""),
]
TABLE = {name: rows for name, rows in globals().items() if name in Source.values and isinstance(rows, list)}
ROWS = [(source, *row) for source, rows in TABLE.items() for row in rows]


def test_every_category_has_its_table() -> None:
    assert set(TABLE) == set(Source.values)
    assert all(len(rows) >= 6 for rows in TABLE.values())


@pytest.mark.parametrize(("source", "query", "referrer", "one", "two"), ROWS)
def test_an_arrival_counts_as(source: str, query: str, referrer: str, one: str, two: str) -> None:
    found = touch(f"{HOME}{query}", referrer, CHROME)
    assert (found.source, found.detail_1, found.detail_2) == (source, one, two)
    assert (found.internal, found.machine) == (False, "")
    assert found.why[-1] == f"counts as {source}"


OURS = [
    (HOME, "https://www.talentwerk.ch/blog"),
    (HOME, "https://talentwerk.ch/"),
    (HOME, "https://shop.talentwerk.ch/kasse"),
    ("https://hr.firma.co.uk/x", "https://www.firma.co.uk/"),
    ("http://localhost:8000/p/demo", "http://localhost:8000/blog"),
    (HOME, "https://www.paypal.com/checkoutnow"),
    (HOME, "https://checkout.stripe.com/c/pay/cs_test"),
    (HOME, "https://pay.datatrans.com/v1/start/1"),
    (HOME, "https://pay.twint.ch/"),
    (HOME, "https://accounts.google.com/"),
    (HOME, "https://login.microsoftonline.com/"),
]


@pytest.mark.parametrize(("url", "referrer"), OURS)
def test_coming_back_is_no_arrival(url: str, referrer: str) -> None:
    found = touch(url, referrer)
    assert (found.source, found.internal, found.came) == ("DIRECT_TRAFFIC", True, {})


def test_further_hosts_of_ours_are_told() -> None:
    other = "https://talentwerk-hilfe.example/artikel"
    assert touch(HOME, other).source == "REFERRALS"
    assert touch(HOME, other, own=("talentwerk-hilfe.example",)).internal
    assert touch("https://somebody.github.io/x", "https://other.github.io/").source == "REFERRALS"


@pytest.mark.parametrize(
    ("agent", "site"),
    [
        (f"{IPHONE} [LinkedInApp]/9.31", "LinkedIn"),
        (f"{IPHONE} [FBAN/FBIOS;FBAV/530.0]", "Facebook"),
        (f"{IPHONE} Instagram 390.0.0", "Instagram"),
        (f"{IPHONE} Twitter for iPhone/11.2", "X"),
        (f"{IPHONE} musical_ly_2023 BytedanceWebview/d8a21c6", "TikTok"),
    ],
)
def test_the_browser_inside_an_app_tells_where_it_stands(agent: str, site: str) -> None:
    found = touch(HOME, "", agent)
    assert (found.source, found.detail_1) == ("SOCIAL_MEDIA", site)
    assert touch(f"{HOME}?utm_medium=email&utm_campaign=x", "", agent).source == "EMAIL_MARKETING"
    assert touch(HOME, "https://www.talentwerk.ch/", agent).internal


def test_ids_of_clicks_and_every_name_of_a_campaign_are_kept() -> None:
    names = "utm_source=google&utm_medium=cpc&utm_campaign=c&utm_id=7&utm_source_platform=Google%20Ads"
    names += "&utm_creative_format=text&utm_marketing_tactic=prospecting&utm_term=t&utm_content=v"
    found = touch(f"{HOME}?{names}&gclid=AbC&other=1")
    assert set(found.utm) == {
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "utm_source_platform",
        "utm_creative_format", "utm_marketing_tactic",
    }  # fmt: skip
    assert found.click_id == ("gclid", "AbC")
    assert found.campaign == "c"
    assert found.came == {"detail_1": "c", "detail_2": "t", "campaign": "c", "click": "gclid=AbC"}


def test_names_behind_the_hash_count_and_the_first_of_two_does() -> None:
    assert touch("https://app.example/#/start?utm_source=x&utm_medium=email").source == "EMAIL_MARKETING"
    assert touch(f"{HOME}?utm_medium=email&utm_medium=cpc&utm_source=a").source == "EMAIL_MARKETING"
    assert touch(f"{HOME}?utm_source=a&amp;utm_medium=email").source == "EMAIL_MARKETING"


@pytest.mark.parametrize(
    ("referrer", "agent", "machine", "spam"),
    [
        (
            "https://www.google.com/",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            True,
            False,
        ),
        ("https://www.google.com/", "curl/8.5.0", True, False),
        ("https://www.google.com/", "", True, False),
        ("https://www.google.com/", CHROME, False, False),
        ("https://chatgpt.com/", "Mozilla/5.0 (compatible; ChatGPT-User/1.0; +https://openai.com/bot)", True, False),
        ("http://site16.free-share-buttons.com/", CHROME, True, True),
        ("https://semalt.com/project", CHROME, True, True),
    ],
)
def test_machines_and_spam_are_told_apart(referrer: str, agent: str, machine: bool, spam: bool) -> None:
    found = touch(HOME, referrer, agent)
    assert (bool(found.machine), found.spam) == (machine, spam)


@given(st.text(max_size=300), st.text(max_size=300), st.none() | st.text(max_size=100))
def test_no_input_breaks_it(url: str, referrer: str, agent: str | None) -> None:
    found: Touch = touch(url, referrer, agent)
    assert found.source in Source.values
    assert found.why
    assert found.came.keys() <= {"detail_1", "detail_2", "campaign", "click"}


@given(
    st.dictionaries(
        st.sampled_from(["utm_source", "utm_medium", "utm_campaign", "gclid", "fbclid", "utm_term", "x"]),
        st.sampled_from(
            ["", "google", "cpc", "ig", "{{x}}", "email", "\x00", "é", "(none)", "a b", "chatgpt.com", "%%%"]
        ),
    ),
    st.sampled_from(["", "https://www.google.com/", "https://[::1", "android-app://x", "//", "http://a:b:c/"]),
)
def test_no_mixture_of_names_breaks_it(names: dict[str, str], referrer: str) -> None:
    from urllib.parse import urlencode

    found = touch(f"{HOME}?{urlencode(names)}", referrer)
    assert found.source in Source.values
    assert all(v and v.isprintable() for v in found.utm.values())
