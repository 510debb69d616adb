"""Planted leaks: built from a seed, looked for, taken out, and looked for again by other means."""
