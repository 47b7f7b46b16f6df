"""Tests of the check of a draft's figures."""
