"""To which source category the money of a channel belongs, so that costs stand beside the people they brought."""

from __future__ import annotations

from reif.attract.models import Channel

SOURCE_OF: dict[str, str] = {
    Channel.GOOGLE_ADS: "PAID_SEARCH", Channel.MICROSOFT_ADS: "PAID_SEARCH", Channel.META_ADS: "PAID_SOCIAL",
    Channel.LINKEDIN_ADS: "PAID_SOCIAL", Channel.OTHER_SOCIAL: "PAID_SOCIAL", Channel.DISPLAY: "OTHER_CAMPAIGNS",
    Channel.CONTENT: "ORGANIC_SEARCH", Channel.EMAIL: "EMAIL_MARKETING", Channel.PARTNERS: "REFERRALS",
    Channel.EVENTS: "OFFLINE", Channel.PRINT: "OFFLINE", Channel.OTHER: "OTHER_CAMPAIGNS",
}  # fmt: skip
SITE_OF: dict[str, str] = {Channel.META_ADS: "Facebook", Channel.LINKEDIN_ADS: "LinkedIn"}
ICON_OF: dict[str, str] = {
    Channel.GOOGLE_ADS: "search", Channel.MICROSOFT_ADS: "search", Channel.META_ADS: "megaphone",
    Channel.LINKEDIN_ADS: "megaphone", Channel.OTHER_SOCIAL: "megaphone", Channel.DISPLAY: "panel-top",
    Channel.CONTENT: "newspaper", Channel.EMAIL: "mail", Channel.PARTNERS: "handshake", Channel.EVENTS: "store",
    Channel.PRINT: "printer", Channel.OTHER: "flag",
}  # fmt: skip
