"""Publishing for everybody at once: what a new scoring makes of all history, by columns, some thousand people at a time.

It means what `book.py` means, to the cent and the row; only rules that ask what somebody had done before are left to it.
"""
