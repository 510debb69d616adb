"""Acts on a request, one a file; base.py is the only writer of its state."""
