"""ROOM: the ledger of requests: rows from cases, sheets of them, and an old ledger made into cases."""
