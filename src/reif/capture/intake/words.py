"""Why a call was refused, failed or passed over: a sentence for each code, with what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Any] = {
    "bad_signature": _("The signature does not match. Check that both sides have the same secret."),
    "no_signature": _("The call has no signature. Check the header that is set here."),
    "wrong_secret": _("The secret is not the right one. Copy it again from the set-up page."),
    "too_old": _("The call is older than five minutes, so it may be a recording. Check the clocks."),
    "no_secret": _("No secret is entered for this connection yet."),
    "not_allowed": _("The caller’s network is not on the list of this connection."),
    "paused": _("This connection is paused."),
    "not_json": _("What came is no JSON."),
    "too_deep": _("The JSON is nested too deeply."),
    "too_large": _("The call was too large."),
    "no_email": _("No mail address was found. Choose in the mapping where it stands."),
    "bad_email": _("What stands where the mail address should be is none."),
    "no_token": _("No access token is entered, so the answers cannot be fetched."),
    "token_refused": _("The platform refuses the access token. Make a new one, enter it, and send the call again."),
    "lead_gone": _("The platform does not know this lead, or no longer."),
    "bad_lead_id": _("The id of the lead cannot be one."),
    "unreachable": _("The platform could not be reached. It is tried again by itself."),
    "rate_limited": _("The platform asks for patience. It is tried again by itself."),
    "platform_error": _("The platform answered with an error. It is tried again by itself."),
    "answer_too_large": _("The platform’s answer was too large."),
    "other_event": _("Another kind of event than the one that makes leads."),
    "deleted_there": _("The lead was deleted at the platform. Decide whether to forget the person here too."),
    "bounce": _("A bounce: one of our mails could not be delivered."),
    "auto_reply": _("An automatic answer."),
    "mailing_list": _("A newsletter or a mailing list."),
    "too_many_recipients": _("Sent to many at once."),
    "spam": _("Marked as spam by the mail server."),
    "own": _("Our own mail, or nobody could be found behind it."),
    "no_sender": _("The mail names no sender."),
    "unreadable": _("The mail could not be read."),
    "reply": _("An answer to one of our mails."),
    "again": _("This lead was here already."),
}


def reason_words(code: str) -> str:
    """The sentence of a code; an unknown code stays as it is."""
    return str(REASONS.get(code, code))
