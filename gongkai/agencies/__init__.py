"""ROOM: agencies, the people who work in them, and their seats."""
