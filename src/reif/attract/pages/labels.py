"""How blocks and their fields are called in the editor, and the sign that stands for each kind in the palette."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

BLOCKS = {
    "hero": (_("Opening"), "panel-top", _("Headline, text and a form or a picture: what is seen first")),
    "text": (_("Text"), "text", _("Running text with headings, lists and links")),
    "columns": (_("Columns"), "columns-3", _("Two to four columns, each with text, picture or button")),
    "picture": (_("Picture"), "image", _("One picture with a caption")),
    "form": (_("Form"), "clipboard-list", _("A form in a panel of its own")),
    "benefits": (_("Benefits"), "badge-check", _("Reasons or steps, side by side")),
    "quote": (_("Quote"), "quote", _("What a customer said")),
    "faq": (_("Questions"), "circle-help", _("Questions and answers that open")),
    "video": (_("Video"), "circle-play", _("A film that loads only when somebody wants it")),
    "countdown": (_("Countdown"), "timer", _("How long until a moment")),
    "call_to_action": (_("Call to action"), "megaphone", _("One thing to do next")),
    "plans": (_("Prices"), "credit-card", _("A price list in columns")),
    "table": (_("Comparison"), "table-2", _("What is in which plan")),
    "agenda": (_("Agenda"), "list-ordered", _("What a webinar is about, and who speaks")),
    "articles": (_("Articles"), "newspaper", _("The newest articles")),
    "divider": (_("Divider"), "minus", _("Air between two blocks, or a line")),
}
FIELDS = {
    "title": _("Heading"),
    "text": _("Text"),
    "kicker": _("Small line above"),
    "points": _("Points"),
    "form": _("Form"),
    "form_title": _("Heading of the form"),
    "form_text": _("Text above the form"),
    "action": _("Button"),
    "second": _("Second button"),
    "picture": _("Picture"),
    "small": _("Small print"),
    "body": _("Text"),
    "items": _("Entries"),
    "band": _("On a coloured band"),
    "numbered": _("As numbered steps"),
    "caption": _("Caption"),
    "wide": _("As wide as the page"),
    "person": _("Name"),
    "role": _("Position"),
    "label": _("Words on the button"),
    "href": _("Where it leads"),
    "icon": _("Sign"),
    "question": _("Question"),
    "answer": _("Answer"),
    "name": _("Name"),
    "price": _("Price"),
    "unit": _("Unit"),
    "features": _("What is in it"),
    "note": _("Note above"),
    "columns": _("Columns"),
    "rows": _("Rows"),
    "count": _("How many"),
    "about_speaker": _("About the speaker"),
    "until": _("Until"),
    "zone": _("Time zone"),
    "expired": _("Said afterwards"),
    "size": _("Size"),
    "line": _("With a line"),
    "video.href": _("Address of the video"),
    "quote.text": _("What was said"),
    "call_to_action.picture": _("Picture beside it"),
}
HELP = {
    "long": _("Markdown: **bold**, *italic*, [words](address), lists with a hyphen."),
    "rows": _("One row a line, cells separated by a vertical bar |. + is yes, an empty cell is no."),
    "video.href": _("A path of this site that ends with .mp4 or .webm, or an address at YouTube or Vimeo."),
    "expired": _("Left empty, the block disappears when the moment has passed."),
    "href": _("For example /preise, #form or https://…"),
}
ENTRIES = {
    "hero.points": _("Point"),
    "columns.items": _("Column"),
    "benefits.items": _("Reason"),
    "faq.items": _("Question"),
    "plans.items": _("Plan"),
    "agenda.items": _("Item"),
    "plans.items.features": _("Feature"),
    "table.columns": _("Column"),
}


def block_label(name: str) -> str:
    return str(BLOCKS[name][0]) if name in BLOCKS else name


def field_label(block: str, field: str) -> str:
    """`action.href` and `items.title` are looked up by their last word."""
    last = field.rpartition(".")[2]
    return str(FIELDS.get(f"{block}.{field}") or FIELDS.get(last) or last)


def help_text(block: str, field: str, kind: str) -> str:
    last = field.rpartition(".")[2]
    return str(HELP.get(f"{block}.{field}") or HELP.get(last) or HELP.get(kind) or "")


def entry_label(block: str, field: str) -> str:
    return str(ENTRIES.get(f"{block}.{field}", _("Entry")))
