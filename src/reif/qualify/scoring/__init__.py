"""Points: what deeds and profiles earn, how it fades, and the ledger that it stands in."""
