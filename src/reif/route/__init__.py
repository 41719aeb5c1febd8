"""The hand-over: ripe people go to the seller who can call them, in time.

Hears person.qualified (sql), its own timers, what sellers do, and person.erased.
Matches people to routing rules, asks who owns the account, and picks fairly among those who work and have room.
Gives each hand-over a brief, a reason in words and a due time in business hours; reminds, escalates and re-routes.
Says person.assigned, person.unassigned, assignment.accepted, assignment.rejected, sla.warned, sla.breached, sla.met.
"""
