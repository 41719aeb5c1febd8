"""The seller's work until the signature: deals on a board, activities, won and lost with a reason.

Hears deal.opened, deal.reopened, deal.won and deal.lost.
Shows open deals by stage with sums and a weighted forecast, and moves them through the crm's verbs.
Plans demos, meetings, calls and tasks, and shows what is due today and this week.
Moves people to opportunity with a deal, to customer with a contract, and back to marketing when the last deal is lost; says person.staged.
"""
