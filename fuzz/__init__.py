"""Fuzzing: broken and hostile files, to find crashes, hangs and memory that grows without end."""
