"""G-Cloud sales: totals by month, framework and size of supplier."""
