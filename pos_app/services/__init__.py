"""Use cases of the counter, one module per noun."""
