"""Keeping the dictionaries."""
