"""Digital inclusion: figures worked out by hand, published figures, and what must always hold."""
