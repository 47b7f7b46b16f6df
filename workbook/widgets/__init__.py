"""Views of a topic: the form, the link, headline, tiles, charts and tables, and the Study that binds them."""
