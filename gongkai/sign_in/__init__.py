"""Signing in: passwords, the second factor, sessions, forms kept over a time-out."""
