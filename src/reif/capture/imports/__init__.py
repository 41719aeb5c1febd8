"""Files of people from elsewhere: read, understood, checked, taken over, and taken back.

A file becomes a table of numbered rows of text (`open_file`), whatever its sort. A mapping says where each column goes
(`recognise`), `read_rows` checks every value, `take` hands chunks to `crm.bulk_upsert`, and `run` remembers how far it came.
`rehearse` does the same and writes nothing. `undo` goes the other way.
"""
