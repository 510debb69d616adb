"""Where this copy of the platform runs: settings from the environment, addresses, the server."""
