"""Measurements, side by side in one run; later rooms add a module here and a line to `ALL`."""
