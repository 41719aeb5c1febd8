"""Texts, files and webinars: written, published, counted."""
