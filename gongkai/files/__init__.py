"""Private files: what they are is checked, they are kept enciphered, and only handed out after a check."""
