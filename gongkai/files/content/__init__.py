"""What a file is and what stands in it, judged in a process of its own: no framework, no database, no network."""
