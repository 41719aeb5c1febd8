"""The records everyone shares: people, companies, deals, activities, consent.

Hears nothing by itself; the phases call its verbs, and each verb says what it made true.
Keeps one person for one address, by a constraint of the database.
Every shared column (stage, score, owner) has one verb that writes it, so there is one place to look.
Sellers see their own and their team's records; `visible_to` on each QuerySet says so.
"""
