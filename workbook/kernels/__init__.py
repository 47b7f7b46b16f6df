"""Kernels that start at once and share their memory: each is forked from a loaded process."""
