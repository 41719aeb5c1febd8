"""The seller's work until the signature: deals on a board, activities, won and lost with a reason.

Hears deal.opened and deal.won.
Shows open deals by stage with sums and a weighted forecast, and moves them through the crm's verbs.
Plans demos, meetings, calls and tasks, and shows what is due today and this week.
Moves people to opportunity when a deal is opened and to customer when one is won; says person.staged.
"""
