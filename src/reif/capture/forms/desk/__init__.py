"""The pages about forms for staff."""
