"""Digital policymaking: whether consultations are open long enough, and answered in time."""
