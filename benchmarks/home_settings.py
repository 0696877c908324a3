"""The portal's settings, with one more address: the bare view that the home page is compared with."""

from sakip.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.home_urls"
