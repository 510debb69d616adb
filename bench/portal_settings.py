"""The settings as they are, with an empty view beside the site's own addresses."""

from gongkai.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.portal_urls"
