"""The portal's settings, with one more address: the bare view that the benchmark compares with."""

from sakip.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.autosave_urls"
