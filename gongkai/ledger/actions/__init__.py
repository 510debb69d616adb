"""Acts on the ledger: a sheet of it, and the import of an old one step by step."""
