"""Acts on accounts and sessions."""
