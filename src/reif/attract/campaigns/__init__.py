"""Campaigns: their names, what they cost, what they brought, and the links that lead to them."""
