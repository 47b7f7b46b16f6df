"""What takes minutes and programs of others, apart from ``make test``: ``make soak``."""
