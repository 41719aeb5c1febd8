"""How we reach the world; today by e-mail.

Hears that a playbook was applied, and turns its mail texts into versions that never change.
Takes letters from the phases, keeps them in the outbox, and hands each to a mail server once, or to the built-in mailbox.
Checks permission, suppression, quiet hours and frequency at the last moment, and says what it left out and why.
Says mail.queued, mail.sent, mail.skipped, mail.bounced, mail.opened, mail.clicked, mail.unsubscribed; tells machines from people.
"""
