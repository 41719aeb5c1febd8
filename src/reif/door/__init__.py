"""Where web events enter.

Hears HTTP requests of Segment-compatible libraries, of PostHog's and Jitsu's, and the beacon of our own script.
Checks each event, turns it into one shape, and writes it to a spool; it answers only after the commit is durable.
Many requests share one commit, so that one disk write acknowledges all who wait for it.
Says nothing to the log itself: the worker reads the spool, and what it finds there is on its word the visitor's.
"""
