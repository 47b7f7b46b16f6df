"""Take-up, tested on the shipped table and, where it is there, on the published file."""
