"""The log by columns: every event as a row of Parquet, for questions that read years at once.

Hears person.erased: whoever is forgotten has no rows here either. Says nothing.
It is written from the log alone, from where it stopped, and can be thrown away and made again at any time.
Whoever asks a large question opens it with DuckDB and gets one view, in which every deed has its doer.
"""
