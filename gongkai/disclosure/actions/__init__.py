"""What is done with columns, items, reviews and publications."""
