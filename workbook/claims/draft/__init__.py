"""Check the figures of a draft: find every number and propose the figure that it states.

A proposal rests on the words around the number, its value and its unit. It says what it rests on,
and a person decides. Nothing here names a report, a topic or a snapshot.
"""
