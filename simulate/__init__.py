"""Thousands of requests lived through by the real acts, and judged by others who share no code with them."""
