"""The registers behind table two: what each asks for, how it is counted, read from sheets, listed."""
