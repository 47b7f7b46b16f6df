"""How numbers, dates, counts, lists and quoted values are written for people.

Everything is plain Python and British English. babel would give the same words, but takes 50
milliseconds to load, which every page and command would wait for.
"""
