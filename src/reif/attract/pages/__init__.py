"""Landing pages, made of typed blocks."""
