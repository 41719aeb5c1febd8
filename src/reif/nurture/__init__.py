"""Journeys: what somebody hears from us over weeks, until they are ripe.

Hears what people do and which stage they reach; enters those for whom a journey begins, and lets go those who leave or reach its goal.
Moves everybody who is due in one go for each step: waits, mails, branches, splits and holdouts are a few statements for thousands.
Says journey.entered, journey.stepped and journey.left; mails are letters to the channels, once each by their key.
Whoever is on the way stays on the version of the journey that they began.
"""
