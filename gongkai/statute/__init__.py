"""The law as code: pure Python, no framework, no network, no clock of its own."""
