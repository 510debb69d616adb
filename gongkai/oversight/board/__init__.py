"""What an office sees of the agencies below it: figures, never persons; counted when asked for, so never of yesterday."""
