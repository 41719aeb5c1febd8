"""Enquiries by mail: read, judged, and made into people."""
