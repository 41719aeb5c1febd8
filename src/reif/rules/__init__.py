"""The one predicate language: who is meant, said once and read in five ways.

Hears nothing and says nothing; segments, scores, routes, journeys and lists ask it.
Reads a predicate as SQL, in memory, in words, as a form and as an explanation, and the readings cannot disagree.
A missing value makes a leaf false, `not` is the complement, text is compared folded, and `now` is an argument.
Fields, operators and kinds of events are tables, so that one line adds one to every reading.
"""
