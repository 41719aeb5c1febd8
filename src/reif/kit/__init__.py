"""Small tools with no opinion and no Django.

Hears nothing and says nothing.
Everything above may use them; they use only the standard library and small packages.
Each file does one thing that several rooms need in the same way: the clock, folding of text, signed tokens.
A tool that knows a word of lead management belongs in a room, not here.
"""
