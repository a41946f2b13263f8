"""The site's settings for a page that says hello, and for files beside it. What keeps pages is left out: it would
answer in the page's stead."""

import os

from config.settings import *  # noqa: F403
from config.settings import MIDDLEWARE

MIDDLEWARE = [name for name in MIDDLEWARE if name != "core.pages.stored_pages"]
ROOT_URLCONF = "benchmarks.production.hello.urls"
WHITENOISE_ROOT = os.environ["FILES"]
