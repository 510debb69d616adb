"""Killing the platform at its work (`make crash`), and looking whether anything half done was left behind."""
