"""Webinars: written, registered for, reminded of, attended or missed."""
