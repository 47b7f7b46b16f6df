"""Assisted digital: who needs support to use services online, who has it, and what it costs."""
