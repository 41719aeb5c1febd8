"""The sample company: people, companies and a year of history, made by a seeded generator.

Hears nothing; its actors do what visitors, readers and sellers do, through the same verbs, at times of the past.
Scores, stages, journeys, hand-overs and their reasons come from the system itself, not from here.
The same seed makes the same history, counted from the moment of loading.
It loads into an empty database only, and never mails anybody.
"""
