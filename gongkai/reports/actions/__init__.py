"""Acts on an annual report: open a year, enter a figure, write prose, publish."""
