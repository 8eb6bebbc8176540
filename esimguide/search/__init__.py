"""Search: from what a reader typed to hits in their order, on SQLite and PostgreSQL."""
