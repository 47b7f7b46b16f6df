"""A folder a topic, and what must hold of every topic."""
