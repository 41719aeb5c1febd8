"""Answers for whoever asks: why these points, since when, and what is lacking."""
