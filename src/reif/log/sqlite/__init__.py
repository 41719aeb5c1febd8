"""Django's SQLite with turns: who wants to write stands in a line, instead of trying again every now and then."""
