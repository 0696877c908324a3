"""The portal's settings as an office runs them, but for the static files, which nobody looks at here."""

from sakip.settings import *  # noqa: F403
from sakip.settings import STATIC_ROOT, STORAGES

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
