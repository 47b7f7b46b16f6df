"""The papers of a snapshot, which come from the declarations of its topics."""
