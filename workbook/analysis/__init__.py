"""What can be asked of any topic: what reaches a value, what moves an answer, and by how much."""
