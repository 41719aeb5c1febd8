"""The sites that people come from: search engines, social networks, AI assistants, mail programs on the web."""

from __future__ import annotations

from reif.capture.sources.hosts import site_of

SEARCH = {
    "google": "Google", "bing": "Bing", "duckduckgo": "DuckDuckGo", "ecosia": "Ecosia", "qwant": "Qwant",
    "startpage": "Startpage", "yahoo": "Yahoo", "yandex": "Yandex", "baidu": "Baidu", "swisscows": "Swisscows",
    "kagi": "Kagi", "metager": "MetaGer", "mojeek": "Mojeek", "seznam": "Seznam", "naver": "Naver",
    "search": "search.ch", "aol": "AOL", "sogou": "Sogou", "lilo": "Lilo", "presearch": "Presearch", "coccoc": "Cốc Cốc",
}  # fmt: skip
"""By the name before the public suffix; `search.brave.com` and the like are told by their host below."""

SEARCH_HOSTS = {
    "search.brave.com": "Brave", "suche.t-online.de": "T-Online", "suche.web.de": "Web.de", "suche.gmx.net": "GMX",
    "suche.gmx.ch": "GMX", "search.yahoo.com": "Yahoo", "suche.aol.de": "AOL", "search.ch": "search.ch",
    "r.search.yahoo.com": "Yahoo", "cn.bing.com": "Bing", "html.duckduckgo.com": "DuckDuckGo", "ya.ru": "Yandex",
    "search.bluewin.ch": "Bluewin", "webcache.googleusercontent.com": "Google", "ask.com": "Ask", "so.com": "360",
    "search.naver.com": "Naver", "local.ch": "local.ch", "search.earthlink.net": "Google", "search.xfinity.com": "Google",
}  # fmt: skip
NOT_SEARCH = frozenset({
    "mail", "docs", "drive", "meet", "calendar", "groups", "sites", "classroom", "gemini", "bard", "notebooklm",
    "translate", "support", "news", "accounts", "adssettings", "play", "podcasts", "photos", "chat", "tagassistant",
    "analytics", "ads", "finance", "sports", "login", "cloud", "disk", "metrika", "webmaster",
})  # fmt: skip
"""Services beside the search of the same house, by the word in front: `docs.google.com` sends people, it finds nothing."""

SOCIAL = {
    "linkedin": "LinkedIn", "lnkd": "LinkedIn", "xing": "XING", "facebook": "Facebook", "fb": "Facebook",
    "instagram": "Instagram", "twitter": "X", "t": "X", "x": "X", "youtube": "YouTube", "youtu": "YouTube",
    "tiktok": "TikTok", "pinterest": "Pinterest", "reddit": "Reddit", "threads": "Threads", "bsky": "Bluesky",
    "mastodon": "Mastodon", "kununu": "kununu", "quora": "Quora", "medium": "Medium", "snapchat": "Snapchat",
    "whatsapp": "WhatsApp", "telegram": "Telegram", "discord": "Discord", "github": "GitHub", "vimeo": "Vimeo",
    "tumblr": "Tumblr", "vk": "VK", "weibo": "Weibo", "messenger": "Messenger", "slack": "Slack", "slideshare": "SlideShare",
    "glassdoor": "Glassdoor", "twitch": "Twitch", "line": "Line", "stackoverflow": "Stack Overflow", "signal": "Signal",
    "threema": "Threema",
}  # fmt: skip
SOCIAL_HOSTS = {
    "t.co": "X", "x.com": "X", "lnkd.in": "LinkedIn", "youtu.be": "YouTube", "l.facebook.com": "Facebook",
    "lm.facebook.com": "Facebook", "m.facebook.com": "Facebook", "l.instagram.com": "Instagram", "fb.me": "Facebook",
    "bsky.app": "Bluesky", "go.bsky.app": "Bluesky", "news.ycombinator.com": "Hacker News", "wa.me": "WhatsApp",
    "t.me": "Telegram", "l.messenger.com": "Messenger", "m.me": "Messenger", "mastodon.social": "Mastodon",
    "troet.cafe": "Mastodon", "swiss.social": "Mastodon", "out.reddit.com": "Reddit", "redd.it": "Reddit",
    "pin.it": "Pinterest", "threads.net": "Threads", "l.threads.net": "Threads", "l.threads.com": "Threads",
    "teams.microsoft.com": "Microsoft Teams", "statics.teams.cdn.office.net": "Microsoft Teams",
    "teams.live.com": "Microsoft Teams", "discord.gg": "Discord", "vm.tiktok.com": "TikTok", "web.telegram.org": "Telegram",
    "fosstodon.org": "Mastodon", "mas.to": "Mastodon", "line.me": "Line", "medium.com": "Medium", "xing.to": "XING",
}  # fmt: skip
_NEEDS_HOST = frozenset({"t", "x", "fb", "lnkd", "search", "medium", "line", "signal", "threads", "lilo"})
"""Names so short or common that only the exact host counts."""

ASSISTANTS = {
    "chatgpt.com": "ChatGPT", "chat.openai.com": "ChatGPT", "openai.com": "ChatGPT", "perplexity.ai": "Perplexity",
    "claude.ai": "Claude", "gemini.google.com": "Gemini", "bard.google.com": "Gemini", "copilot.microsoft.com": "Copilot",
    "chat.mistral.ai": "Le Chat", "you.com": "You.com", "phind.com": "Phind", "grok.com": "Grok", "meta.ai": "Meta AI",
    "chat.deepseek.com": "DeepSeek", "deepseek.com": "DeepSeek", "poe.com": "Poe", "duck.ai": "Duck.ai",
    "notebooklm.google.com": "NotebookLM", "edgeservices.bing.com": "Copilot", "copilot.com": "Copilot",
    "copilot.cloud.microsoft": "Copilot", "m365.cloud.microsoft": "Copilot", "chat.qwen.ai": "Qwen", "kimi.com": "Kimi",
    "iask.ai": "iAsk", "andisearch.com": "Andi", "felo.ai": "Felo", "chat.z.ai": "Z.ai", "lumo.proton.me": "Lumo",
    "doubao.com": "Doubao", "manus.im": "Manus", "genspark.ai": "Genspark", "consensus.app": "Consensus",
}  # fmt: skip
ASSISTANT_NAMES = {
    "chatgpt": "ChatGPT", "openai": "ChatGPT", "perplexity": "Perplexity", "claude": "Claude", "anthropic": "Claude",
    "gemini": "Gemini", "copilot": "Copilot", "mistral": "Le Chat", "grok": "Grok", "deepseek": "DeepSeek",
    "meta-ai": "Meta AI", "notebooklm": "NotebookLM",
}  # fmt: skip
"""As they stand in utm_source, with or without what follows the dot."""

MAIL_HOSTS = frozenset({
    "mail.google.com", "outlook.live.com", "outlook.office.com", "outlook.office365.com", "outlook.cloud.microsoft",
    "mail.yahoo.com", "webmail.bluewin.ch", "email.bluewin.ch", "mail.proton.me", "navigator.gmx.net", "navigator.web.de",
    "3c.gmx.net", "3c.web.de", "mail.yandex.ru", "mail.aol.com", "email.t-online.de", "webmail.hispeed.ch", "mail.google",
    "mail.zoho.com", "mail.zoho.eu", "app.fastmail.com", "fastmail.com", "webmail.infomaniak.com", "mail.infomaniak.com",
    "ksuite.infomaniak.com", "webmail.hostpoint.ch", "app.tuta.com", "mail.tutanota.com", "posteo.de", "webmail.freenet.de",
    "mail.ru", "e.mail.ru", "icloud.com", "mg.mail.yahoo.com", "deref-gmx.net", "deref-web-02.de", "deref-web.de",
    "app.superhuman.com", "mail.missiveapp.com", "webmail.sunrise.ch", "mail.ionos.de", "email.ionos.de",
})  # fmt: skip

APPS = {
    "com.google.android.gm": ("EMAIL_MARKETING", "Gmail"), "com.microsoft.office.outlook": ("EMAIL_MARKETING", "Outlook"),
    "com.yahoo.mobile.client.android.mail": ("EMAIL_MARKETING", "Yahoo Mail"),
    "ch.protonmail.android": ("EMAIL_MARKETING", "Proton Mail"), "de.gmx.mobile.android.mail": ("EMAIL_MARKETING", "GMX"),
    "com.google.android.googlequicksearchbox": ("ORGANIC_SEARCH", "Google"),
    "com.google.android.apps.searchlite": ("ORGANIC_SEARCH", "Google"), "com.microsoft.bing": ("ORGANIC_SEARCH", "Bing"),
    "com.duckduckgo.mobile.android": ("ORGANIC_SEARCH", "DuckDuckGo"), "com.ecosia.android": ("ORGANIC_SEARCH", "Ecosia"),
    "com.linkedin.android": ("SOCIAL_MEDIA", "LinkedIn"), "com.xing.android": ("SOCIAL_MEDIA", "XING"),
    "com.facebook.katana": ("SOCIAL_MEDIA", "Facebook"), "com.facebook.lite": ("SOCIAL_MEDIA", "Facebook"),
    "com.facebook.orca": ("SOCIAL_MEDIA", "Messenger"), "com.instagram.android": ("SOCIAL_MEDIA", "Instagram"),
    "com.instagram.barcelona": ("SOCIAL_MEDIA", "Threads"), "com.twitter.android": ("SOCIAL_MEDIA", "X"),
    "com.whatsapp": ("SOCIAL_MEDIA", "WhatsApp"), "com.whatsapp.w4b": ("SOCIAL_MEDIA", "WhatsApp"),
    "org.telegram.messenger": ("SOCIAL_MEDIA", "Telegram"), "org.thoughtcrime.securesms": ("SOCIAL_MEDIA", "Signal"),
    "ch.threema.app": ("SOCIAL_MEDIA", "Threema"), "com.slack": ("SOCIAL_MEDIA", "Slack"),
    "com.microsoft.teams": ("SOCIAL_MEDIA", "Microsoft Teams"), "com.reddit.frontpage": ("SOCIAL_MEDIA", "Reddit"),
    "com.google.android.youtube": ("SOCIAL_MEDIA", "YouTube"), "com.zhiliaoapp.musically": ("SOCIAL_MEDIA", "TikTok"),
    "com.pinterest": ("SOCIAL_MEDIA", "Pinterest"), "com.discord": ("SOCIAL_MEDIA", "Discord"),
    "org.joinmastodon.android": ("SOCIAL_MEDIA", "Mastodon"), "xyz.blueskyweb.app": ("SOCIAL_MEDIA", "Bluesky"),
    "com.openai.chatgpt": ("AI_REFERRALS", "ChatGPT"), "ai.perplexity.app.android": ("AI_REFERRALS", "Perplexity"),
    "com.google.android.apps.bard": ("AI_REFERRALS", "Gemini"), "com.anthropic.claude": ("AI_REFERRALS", "Claude"),
    "com.microsoft.copilot": ("AI_REFERRALS", "Copilot"), "com.deepseek.chat": ("AI_REFERRALS", "DeepSeek"),
}  # fmt: skip
"""Apps that open a page and say so: `android-app://com.linkedin.android/`."""

INSIDE = {
    "LinkedInApp": "LinkedIn", "FBAN/Messenger": "Messenger", "FBAN/": "Facebook", "FBAV/": "Facebook", "FB_IAB": "Facebook",
    "Instagram ": "Instagram", "Barcelona ": "Threads", "Twitter for": "X", "TikTok": "TikTok", "musical_ly": "TikTok",
    "BytedanceWebview": "TikTok", "Pinterest/": "Pinterest", "Snapchat/": "Snapchat", "Line/": "Line",
    "MicroMessenger/": "WeChat", "XING/": "XING", "Slack/": "Slack",
}  # fmt: skip
"""What the browser inside an app calls itself; such a browser often sends no referrer. The first that fits counts."""


def named(host: str, names: dict[str, str], hosts: dict[str, str]) -> str:
    """The site's name when the host is one of these: by the whole host, else by the word before the suffix.

    `google.com`, `www.google.co.uk`, `m.facebook.com`, but not `google.evil.example.com` and not `me.github.io`.
    """
    bare = host.removeprefix("www.")
    if bare in hosts or host in hosts:
        return hosts.get(bare) or hosts[host]
    word = site_of(bare).partition(".")[0]
    return names.get(word, "") if word not in _NEEDS_HOST else ""
