"""The pictures of the house: uploaded once, made small and harmless, and shown by an address that never changes."""
