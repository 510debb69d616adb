"""Running the site: backup and restore, the probes of its health, what is wrong with an installation."""
