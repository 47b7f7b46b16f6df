"""Published files, one module a source."""
