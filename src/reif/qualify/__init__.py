"""Learn who is ripe: points for fit and behaviour, the stages that they earn, and the segments people belong to.

Hears what people do and what becomes known about them: pages, forms, mails, webinars, companies, consent.
Keeps a ledger in which every point has its rule, its event and its revision; the score is the sum of the rows, always.
Moves people to MQL and SQL when the playbook's definitions hold, and keeps the membership of every segment.
Says person.scored, person.qualified, segment.entered and segment.left.
"""
