"""The scoring page: the models in words, and how everybody lies in them."""
