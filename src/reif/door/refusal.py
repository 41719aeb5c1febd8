"""Why the door says no, in words for the developer who reads the answer."""

from __future__ import annotations


class Refusal(Exception):
    """A request or one of its events is not taken: HTTP status, code for machines, sentence for people."""

    def __init__(self, code: str, message: str, status: int = 400, retry_after: int = 0) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.retry_after = retry_after


def too_large(limit: int) -> Refusal:
    return Refusal("body_too_large", f"The request is larger than {limit:,} bytes. Send fewer events at once.", 413)


def no_key() -> Refusal:
    return Refusal("bad_write_key", "The write key is missing or unknown. `reif writekey` prints the right one.", 401)


def spool_full() -> Refusal:
    return Refusal("spool_full", "Too many events are waiting to be worked on. Send this again later.", 429, 10)


def locked() -> Refusal:
    return Refusal("store_locked", "The events could not be stored durably. Send this request again.", 503, 5)
