"""Chinese full-text search over bigrams, the same on SQLite and PostgreSQL."""
