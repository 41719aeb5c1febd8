"""The REST API's frame: one API object, keys with scopes, one shape for errors, pages, once-only posts.

A room writes a `Resource` in its `api.py` and mounts it in `apps.ready()`; nothing else is needed for the operation to have
rights, a limit, words in the reader's language and a place in /api/openapi.json and /api/docs.
"""
