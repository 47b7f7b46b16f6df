"""The topics, a folder each: a page's kernel takes in its own and no other.

All of them are in ``register``.
"""
