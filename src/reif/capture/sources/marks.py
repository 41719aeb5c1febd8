"""What senders put into an address: names of campaigns, ids of clicks, and the words they use for a medium."""

from __future__ import annotations

import re

UTM: tuple[str, ...] = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")
UTM += ("utm_source_platform", "utm_creative_format", "utm_marketing_tactic")
_OTHERS = {"source": "utm_source", "medium": "utm_medium", "campaign": "utm_campaign", "keyword": "utm_term",
           "kwd": "utm_term", "content": "utm_content", "cid": "utm_id"}  # fmt: skip
ALIASES = {f"{prefix}_{name}": utm for prefix in ("mtm", "matomo", "pk", "piwik") for name, utm in _OTHERS.items()}
"""The same said in Matomo's names."""

CLICKS: dict[str, tuple[str, str]] = {
    "gclid": ("PAID_SEARCH", "Google"), "gbraid": ("PAID_SEARCH", "Google"), "wbraid": ("PAID_SEARCH", "Google"),
    "gad_source": ("PAID_SEARCH", "Google"), "gad_campaignid": ("PAID_SEARCH", "Google"),
    "msclkid": ("PAID_SEARCH", "Bing"), "yclid": ("PAID_SEARCH", "Yandex"), "dclid": ("OTHER_CAMPAIGNS", "Google"),
    "li_fat_id": ("PAID_SOCIAL", "LinkedIn"), "ttclid": ("PAID_SOCIAL", "TikTok"), "twclid": ("PAID_SOCIAL", "X"),
    "sccid": ("PAID_SOCIAL", "Snapchat"), "epik": ("PAID_SOCIAL", "Pinterest"), "rdt_cid": ("PAID_SOCIAL", "Reddit"),
    "qclid": ("PAID_SOCIAL", "Quora"),
    "srsltid": ("ORGANIC_SEARCH", "Google"), "fbclid": ("SOCIAL_MEDIA", "Facebook"), "igshid": ("SOCIAL_MEDIA", "Instagram"),
    "igsh": ("SOCIAL_MEDIA", "Instagram"),
    "mc_cid": ("EMAIL_MARKETING", "Mailchimp"), "mc_eid": ("EMAIL_MARKETING", "Mailchimp"),
    "_hsenc": ("EMAIL_MARKETING", "HubSpot"), "_hsmi": ("EMAIL_MARKETING", "HubSpot"),
    "mkt_tok": ("EMAIL_MARKETING", "Marketo"), "_kx": ("EMAIL_MARKETING", "Klaviyo"),
    "ml_subscriber": ("EMAIL_MARKETING", "MailerLite"), "vero_id": ("EMAIL_MARKETING", "Vero"),
    "reif": ("EMAIL_MARKETING", "Reif"),
    "awc": ("OTHER_CAMPAIGNS", "Awin"), "irclickid": ("OTHER_CAMPAIGNS", "Impact"), "cjevent": ("OTHER_CAMPAIGNS", "CJ"),
}  # fmt: skip
"""What a platform adds to the address of a click, the surest first.

fbclid stands in links of posts and of ads alike, so alone it speaks for a post; srsltid marks Google's free listings.
"""
KEPT_CLICKS = frozenset(
    {"gclid", "gbraid", "wbraid", "dclid", "msclkid", "fbclid", "li_fat_id", "ttclid", "twclid", "sccid", "epik",
     "rdt_cid", "qclid", "yclid"}
)  # fmt: skip
"""Those whose value an ad platform asks for when a lead becomes a customer."""

_PAID = re.compile(r"^(?:.*cp[cmvaplc]\b.*|ppc|sem|adwords|google-?ads|ads?|paid.*|.*-paid|retargeting|remarketing|promoted|boosted|"
                   r"sponsored.*|inmail|message-ad|leadgen|lead-gen.*|socialads|social-ads?)$")  # fmt: skip
_PAID_SEARCH = re.compile(r"^(?:cpc|ppc|sem|adwords|google-?ads|paid-?search|search-?ads?|paid-?keyword)$")
_PAID_SOCIAL = re.compile(
    r"^(?:paid-?social(?:-media)?|social-?paid|social-?ads?|sponsored-(?:content|update|post)|inmail|message-ad)$"
)
_KINDS: dict[str, frozenset[str]] = {
    "display": frozenset({"display", "banner", "expandable", "interstitial", "programmatic", "native", "video-ad"}),
    "mail": frozenset({"email", "e-mail", "mail", "newsletter", "mailing", "edm", "emailmarketing", "email-marketing", "drip"}),
    "social": frozenset({"social", "social-media", "socialmedia", "social-network", "sm", "organic-social", "social-organic",
                         "post", "story", "bio", "linkinbio", "profile", "share", "whatsapp", "messenger"}),
    "search": frozenset({"organic", "organic-search", "seo", "gmb", "google-business", "local"}),
    "referral": frozenset({"referral", "partner", "link", "backlink", "pr", "press", "guest-post", "directory"}),
    "offline": frozenset({"offline", "print", "flyer", "qr", "qrcode", "qr-code", "event", "fair", "messe", "trade-show",
                          "tradeshow", "postcard", "phone", "brochure", "poster", "plakat", "inserat", "radio", "tv",
                          "direct-mail", "letter", "brief", "business-card", "visitenkarte", "magazine", "ooh"}),
    "ai": frozenset({"ai", "llm", "chatbot-ai", "ai-referral"}),
    "none": frozenset({"none", "direct"}),
}  # fmt: skip
_SOURCES: dict[str, frozenset[str]] = {
    "mail": frozenset({"newsletter", "email", "e-mail", "mail", "mailchimp", "hs-email", "brevo", "sendinblue", "cleverreach",
                       "klaviyo", "activecampaign", "rapidmail", "inxmail", "mailerlite", "sendgrid", "mailjet", "optimizely"}),
    "paid-search": frozenset({"adwords", "google-ads", "googleads", "bing-ads", "microsoft-ads"}),
    "search": frozenset({"gmb"}),
    "none": frozenset({"direct"}),
    "social": frozenset({"ig", "insta", "li", "tw", "yt", "an", "meta", "audience-network", "whatsapp", "telegram"}),
    "offline": frozenset({"print", "flyer", "messe", "postcard", "qr", "radio", "tv", "brochure", "plakat"}),
}  # fmt: skip
NAMES = {"ig": "Instagram", "insta": "Instagram", "li": "LinkedIn", "tw": "X", "yt": "YouTube", "an": "Facebook",
         "meta": "Facebook", "audience-network": "Facebook", "whatsapp": "WhatsApp", "telegram": "Telegram", "fb": "Facebook",
         "x": "X", "lnkd": "LinkedIn", "threads": "Threads", "adwords": "Google", "google-ads": "Google",
         "googleads": "Google", "gmb": "Google", "bing-ads": "Bing", "microsoft-ads": "Bing"}  # fmt: skip
"""What the short names of platforms stand for."""
_HOLE = re.compile(r"^(?:\{\{?.*\}?\}|%7B.*%7D|__.*__|\[.*\]|\(?(?:not[ -]set|none|null|undefined)\)?)$", re.I)


def plain(word: str) -> str:
    """A medium or source as it is compared: small letters, hyphens for blanks and underscores, no brackets."""
    return re.sub(r"[\s_]+", "-", word.strip().lower()).strip("()-")


def is_hole(value: str) -> bool:
    """A placeholder that nobody filled, as `{{campaign.name}}`, or a word for nothing."""
    return bool(_HOLE.match(value))


def medium_kind(medium: str) -> str:
    """paid-search, paid-social, paid, display, mail, social, search, referral, offline, ai, none; empty for any other."""
    word = plain(medium)
    if _PAID_SOCIAL.match(word):
        return "paid-social"
    if _PAID_SEARCH.match(word):
        return "paid-search"
    if _PAID.match(word):
        return "paid"
    return next((kind for kind, words in _KINDS.items() if word in words), "")


def source_kind(source: str) -> str:
    """A kind as above, when the name of a source alone says so."""
    word = plain(source)
    return next((kind for kind, words in _SOURCES.items() if word in words), "")
