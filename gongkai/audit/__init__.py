"""The trail: who did what, when, to what, from where. Append-only and chained; nothing is ever put right in it."""
