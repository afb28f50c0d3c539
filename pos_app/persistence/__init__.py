"""The only room that knows SQL: engines, rows, queries, migrations."""
