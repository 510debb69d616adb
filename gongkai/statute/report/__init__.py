"""The annual report as an object: read from any file, checked, compared, merged and written in the official form."""
