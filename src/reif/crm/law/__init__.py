"""What DE, AT and CH ask of whoever advertises: a table, the stricter of two, and one question: may we?"""
