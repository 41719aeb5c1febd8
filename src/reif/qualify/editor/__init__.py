"""The editor of scoring models: drafts, forms, warnings, and what a draft would do."""
