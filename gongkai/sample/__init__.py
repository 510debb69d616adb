"""Sample data: one real bureau's year in our own words, marked as a sample wherever it is shown."""
