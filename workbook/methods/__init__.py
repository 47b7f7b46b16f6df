"""Mathematics that knows neither policy nor widgets.

Arrays are numpy arrays. Shares are fractions of 1. Each function states the shapes, the units and
the source of its formula.
"""
