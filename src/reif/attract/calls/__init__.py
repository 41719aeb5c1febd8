"""Calls to action: what asks a visitor to go on, when it is shown, and what came of it."""
