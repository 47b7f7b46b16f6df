"""How fast the model and the page are, as ratios against a rival in the same run: `make bench`."""
