"""Who belongs to which group of customers, and the rules that reward them."""
