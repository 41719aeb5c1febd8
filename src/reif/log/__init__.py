"""What happened, in one order, for good.

Hears the worker's clock, which says `timer.fired` when a moment comes that somebody asked to be woken at.
Appends facts inside the transaction that made them true, and numbers them in one total order on both engines.
Brings every fact once to every verb that listens, in batches with a cursor, sets aside the one that fails, and goes on.
Keeps the outbox through which effects leave for the world.
"""
