"""How likely is it? A model learned from past leads, measured before anybody believes it.

Needs a table and the column of the outcome; knows nothing of people, rows of the database or the log.
"""
