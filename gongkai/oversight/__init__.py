"""Supervision (监督保障): self-inspection of what is public, and what the office above asks for."""
