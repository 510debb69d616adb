"""Dictionaries: the lists of words forms offer, and the notices on days off that were entered here."""
