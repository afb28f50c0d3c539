"""catalog.db: reference data, all local and all indexed (laws 9 and design 4)."""
