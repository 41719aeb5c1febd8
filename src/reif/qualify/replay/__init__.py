"""Scoring by columns: a model compiled to SQL over the lake, so that years of history are scored in seconds.

It means what the operational engine means, to the cent: tests compare the two, and both with a plain reading of the rules.
Rebuilds, back-tests and suggestions ask here; nothing here writes.
"""
