"""Tests of the topic of policymaking."""
