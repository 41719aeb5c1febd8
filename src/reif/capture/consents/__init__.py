"""The double opt-in: asked, confirmed, lapsed."""
