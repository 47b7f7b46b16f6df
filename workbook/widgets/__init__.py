"""Views of a topic, each a file with its JavaScript beside it, and the Study that binds them."""
