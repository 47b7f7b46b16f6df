"""Speed of the models and pages, as ratios to a baseline in the same run: `make bench`."""
