"""Buyer personas: whom each person is like, how surely and why; and how complete the data are that say so."""
