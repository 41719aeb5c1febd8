"""The pages of closing, one file for each noun."""
