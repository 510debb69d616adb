"""The public site as files: every page, file and feed, with links among themselves, for a site that takes files only."""
