"""Leads that other software brings: lead ads, partners, mailboxes."""
