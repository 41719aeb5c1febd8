"""The sites that people come from: search engines, social networks, AI assistants, mail programs on the web, spam."""

from __future__ import annotations

SEARCH = {
    "google": "Google", "bing": "Bing", "duckduckgo": "DuckDuckGo", "ecosia": "Ecosia", "qwant": "Qwant",
    "startpage": "Startpage", "yahoo": "Yahoo", "yandex": "Yandex", "baidu": "Baidu", "swisscows": "Swisscows",
    "brave": "Brave", "kagi": "Kagi", "metager": "MetaGer", "mojeek": "Mojeek", "seznam": "Seznam", "naver": "Naver",
    "search": "search.ch", "ask": "Ask", "aol": "AOL", "sogou": "Sogou", "tonline": "T-Online",
}  # fmt: skip
"""By the name before the public suffix; `search.brave.com` and the like are told by their host below."""

SEARCH_HOSTS = {
    "search.brave.com": "Brave", "suche.t-online.de": "T-Online", "suche.web.de": "Web.de", "suche.gmx.net": "GMX",
    "search.yahoo.com": "Yahoo", "suche.aol.de": "AOL", "search.ch": "search.ch", "www.startpage.com": "Startpage",
    "r.search.yahoo.com": "Yahoo", "cn.bing.com": "Bing", "html.duckduckgo.com": "DuckDuckGo",
}  # fmt: skip
NOT_SEARCH_HOSTS = frozenset({
    "mail.google.com", "docs.google.com", "drive.google.com", "meet.google.com", "calendar.google.com",
    "mail.yahoo.com", "groups.google.com", "sites.google.com", "classroom.google.com", "gemini.google.com",
    "mail.yandex.ru", "translate.google.com", "support.google.com", "mail.aol.com",
})  # fmt: skip

SOCIAL = {
    "linkedin": "LinkedIn", "lnkd": "LinkedIn", "xing": "XING", "facebook": "Facebook", "fb": "Facebook",
    "instagram": "Instagram", "twitter": "X", "t": "X", "x": "X", "youtube": "YouTube", "youtu": "YouTube",
    "tiktok": "TikTok", "pinterest": "Pinterest", "reddit": "Reddit", "threads": "Threads", "bsky": "Bluesky",
    "mastodon": "Mastodon", "kununu": "kununu", "quora": "Quora", "medium": "Medium", "snapchat": "Snapchat",
    "whatsapp": "WhatsApp", "telegram": "Telegram", "discord": "Discord", "github": "GitHub", "vimeo": "Vimeo",
    "tumblr": "Tumblr", "vk": "VK", "weibo": "Weibo",
}  # fmt: skip
SOCIAL_HOSTS = {
    "t.co": "X", "x.com": "X", "lnkd.in": "LinkedIn", "youtu.be": "YouTube", "l.facebook.com": "Facebook",
    "lm.facebook.com": "Facebook", "m.facebook.com": "Facebook", "l.instagram.com": "Instagram", "fb.me": "Facebook",
    "bsky.app": "Bluesky", "news.ycombinator.com": "Hacker News", "wa.me": "WhatsApp", "t.me": "Telegram",
    "mastodon.social": "Mastodon", "troet.cafe": "Mastodon", "swiss.social": "Mastodon", "out.reddit.com": "Reddit",
}  # fmt: skip
_NEEDS_HOST = frozenset({"t", "x", "fb", "lnkd", "search", "ask", "medium"})
"""Names so short or common that only the exact host counts."""

ASSISTANTS = {
    "chatgpt.com": "ChatGPT", "chat.openai.com": "ChatGPT", "openai.com": "ChatGPT", "perplexity.ai": "Perplexity",
    "claude.ai": "Claude", "gemini.google.com": "Gemini", "bard.google.com": "Gemini", "copilot.microsoft.com": "Copilot",
    "chat.mistral.ai": "Le Chat", "you.com": "You.com", "phind.com": "Phind", "grok.com": "Grok", "meta.ai": "Meta AI",
    "chat.deepseek.com": "DeepSeek", "deepseek.com": "DeepSeek", "poe.com": "Poe", "duck.ai": "Duck.ai",
    "notebooklm.google.com": "NotebookLM", "edgeservices.bing.com": "Copilot",
}  # fmt: skip

MAIL_HOSTS = frozenset({
    "mail.google.com", "outlook.live.com", "outlook.office.com", "outlook.office365.com", "mail.yahoo.com",
    "webmail.bluewin.ch", "email.bluewin.ch", "mail.proton.me", "navigator.gmx.net", "navigator.web.de", "3c.gmx.net",
    "3c.web.de", "mail.yandex.ru", "mail.aol.com", "email.t-online.de", "webmail.hispeed.ch", "mail.google",
})  # fmt: skip
MAIL_APPS = frozenset({"com.google.android.gm", "com.microsoft.office.outlook", "com.yahoo.mobile.client.android.mail"})

SPAM = frozenset({
    "semalt.com", "buttons-for-website.com", "buttons-for-your-website.com", "darodar.com", "econom.co",
    "ilovevitaly.com", "priceg.com", "hulfingtonpost.com", "bestwebsitesawards.com", "o-o-6-o-o.com",
    "free-social-buttons.com", "get-free-traffic-now.com", "trafficmonetize.org", "success-seo.com",
    "4webmasters.org", "best-seo-offer.com", "best-seo-solution.com", "100dollars-seo.com", "videos-for-your-business.com",
    "floating-share-buttons.com", "event-tracking.com", "traffic2money.com", "sharebutton.net", "webmonetizer.net",
    "rank-checker.online", "site-auditor.online", "free-share-buttons.com", "trafficbot.live", "trafficbot.life",
    "bottraffic.live", "bottraffic143.xyz", "seoanalyses.com", "news.grets.store", "static.seders.website",
    "garantisozluk.com", "qualitymarketzone.com", "rida.tokyo", "trafers.com", "kambasoft.com", "cenoval.ru",
    "guardlink.org", "simple-share-buttons.com", "social-buttons.com", "seo-platform.com", "trafficgenius.xyz",
})  # fmt: skip


def named(host: str, names: dict[str, str], hosts: dict[str, str]) -> str:
    """The site's name when the host is one of these: by the whole host, else by the word before the suffix."""
    bare = host.removeprefix("www.")
    if bare in hosts or host in hosts:
        return hosts.get(bare) or hosts[host]
    for word in bare.split(".")[:-1][-3:]:
        if word in names and word not in _NEEDS_HOST and _is_site(bare, word):
            return names[word]
    return ""


def _is_site(host: str, word: str) -> bool:
    """`google.com`, `www.google.co.uk`, `m.facebook.com`, but not `google.evil.example.com`."""
    rest = host.split(".")
    after = rest[rest.index(word) + 1 :]
    return len(after) == 1 or (len(after) == 2 and len(after[0]) <= 3 and len(after[1]) <= 3)
