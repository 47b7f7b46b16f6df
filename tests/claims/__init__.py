"""Claims: the language, the checker, and every figure of the July 2014 report."""
