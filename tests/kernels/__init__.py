"""Tests of how kernels are started, with real kernels."""
