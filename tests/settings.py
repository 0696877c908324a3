"""The portal's settings as the tests run them: quick hashes, temporary files, tasks at once.

DATABASE_URL chooses the database; without it the tests run on an SQLite file in a temporary folder, because a
file, unlike a database in memory, has one connection a thread, as in production.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="sakip-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["SAKIP_SECRET_KEY"] = "only-for-tests"
os.environ["SAKIP_VAR"] = str(FOLDER)

from sakip.settings import *  # noqa: E402, F403
from sakip.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# The live server serves the static files itself.
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"
