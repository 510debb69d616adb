"""ROOM: one agency's annual report: composed from the records, checked, published, written out."""
