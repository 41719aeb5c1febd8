"""The pages made of several phases: home, people, the person page, why, stuck, search.

Hears nothing and says nothing: it shows what the phases know and calls their verbs.
Puts one person's whole story on one page, from every room.
Explains each event by its chain of causes.
Anything that one phase can show alone belongs to that phase, not here.
"""
