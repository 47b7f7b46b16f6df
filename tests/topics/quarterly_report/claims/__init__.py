"""The published reports that the quarterly report checks, and what their figures come from."""
