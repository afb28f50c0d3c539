"""ledger.db: what is born on this till; append-mostly, precious."""
