"""What would have happened: a draft of scoring replayed over real history, beside the one in force, and judged by what
sales accepted and won.

Everybody is looked at as of the end of each day on which something happened to them, with what was known by then, and no
longer once sales have taken over, so that nothing comes from the future. A draft changes nothing until it is published.
"""
