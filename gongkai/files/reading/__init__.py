"""Everything that could leak out of a file, each piece with where it stands: no framework, no database, no network."""
