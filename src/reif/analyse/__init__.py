"""What came of it all: the numbers of the day and the funnel.

Hears nothing yet; reads the stays in stages, the deals and the log as they are.
Answers how many people reached each stage, how many of those went on, how fast, and from which source.
Compares like with like: a cohort is followed for as long as the one it is compared with.
Says nothing; the questions stand in .sql files beside the code that asks them.
"""
