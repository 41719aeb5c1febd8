"""Ways of working as versioned files: scoring, stages, segments, journeys, mails, routing, SLAs.

Hears nothing; says `playbook.applied` when a revision comes into force.
Each phase registers the shape of its file; a folder of such files becomes a draft, is checked whole and refused whole.
A revision is immutable and known by the hash of its content; going back is putting an earlier one in force again.
Everybody asks `current(name)` and gets frozen structs; infrastructure is never in here.
"""
