"""G-Cloud sales."""
