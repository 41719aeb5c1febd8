"""What visitors are asked, and what becomes of an answer."""
