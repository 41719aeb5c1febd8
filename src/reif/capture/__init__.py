"""How people and events come in: forms, double opt-in, downloads, and the events that the door took.

Hears form.submitted and consent.requested of its own forms, to mail what must be confirmed, and consent.given, to keep what a form promised.
Turns a visitor into a person with the whole anonymous history, a company by mail domain, and the stage `lead`.
Pulls the door's spool: each event once, machines told apart, nothing kept of those who did not agree but a count.
Says form.submitted, consent.requested, consent.given, content.downloaded, webinar.registered, page.viewed, page.left, link.followed, event.tracked.
"""
