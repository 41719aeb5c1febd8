"""Tables of past leads that a file brings: read, measured, and searched for columns that came afterwards."""
