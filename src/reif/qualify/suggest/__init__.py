"""What the own history says about the rules: which deeds and profiles go with winning, and which rules tell nothing.

A suggestion is an association with its uncertainty, not a cause; each is offered as a draft to try in a back-test.
"""
