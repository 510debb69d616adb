"""Taking out of a file what must not go out, truly, and proving that it is gone: no framework, no database."""
