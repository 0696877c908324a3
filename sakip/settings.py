"""The one settings file. Everything that differs between installations comes from the environment.

Variables: SAKIP_SECRET_KEY or SAKIP_SECRET_KEY_FILE, SAKIP_DEBUG, SAKIP_ALLOWED_HOSTS, SAKIP_CSRF_ORIGINS,
SAKIP_VAR (data folder), DATABASE_URL, SAKIP_SECURE (1 behind https), SAKIP_TIME_ZONE, SAKIP_UPLOAD_MB (the
largest file that is taken), SAKIP_MAIL_HOST with _PORT, _USER and _PASSWORD, SAKIP_MAIL_FROM, and SAKIP_URL
(the portal's address, for the links in mails). Single sign-on: SAKIP_OIDC_ISSUER, SAKIP_OIDC_CLIENT_ID and
SAKIP_OIDC_CLIENT_SECRET. SAKIP_REQUIRE_SECOND_FACTOR (1: planner, head and admin need one).
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


DEBUG = flag("SAKIP_DEBUG")
SECURE = flag("SAKIP_SECURE")
VAR = Path(os.environ.get("SAKIP_VAR", BASE_DIR / "var"))
VAR.mkdir(parents=True, exist_ok=True)


def secret_key() -> str:
    if key := os.environ.get("SAKIP_SECRET_KEY"):
        return key
    if path := os.environ.get("SAKIP_SECRET_KEY_FILE"):
        return Path(path).read_text().strip()
    if DEBUG:
        return "only-for-development-not-a-secret"
    raise ImproperlyConfigured("Set SAKIP_SECRET_KEY or SAKIP_SECRET_KEY_FILE (or SAKIP_DEBUG=1 to develop).")


SECRET_KEY = secret_key()
ALLOWED_HOSTS = words("SAKIP_ALLOWED_HOSTS", "127.0.0.1,localhost")
CSRF_TRUSTED_ORIGINS = words("SAKIP_CSRF_ORIGINS")

INSTALLED_APPS = [
    "sakip",
    "budget",
    "reporting",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "import_export",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sakip.middleware.LoginRequiredMiddleware",
    "sakip.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "sakip.middleware.ReadOnlyGetMiddleware",
]

ROOT_URLCONF = "sakip.urls"
# Our templates may stand in for the form widgets' own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "sakip.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sakip.context_processors.portal",
            ],
            "builtins": ["sakip.templatetags.indonesian"],
        },
    }
]

DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{VAR / 'sakip.sqlite3'}", conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN, so writers wait instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }

AUTH_USER_MODEL = "sakip.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# The first refuses whoever guessed too often; the log-in view says so.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "sakip.backends.PortalBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "sakip.visitors.address_of"
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
# Wrong passwords stay on record after the right one.
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
SILENCED_SYSTEM_CHECKS = ["axes.W002"]
OTP_TOTP_ISSUER = "Portal SAKIP"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True
REQUIRE_SECOND_FACTOR = flag("SAKIP_REQUIRE_SECOND_FACTOR")
OIDC_ISSUER = os.environ.get("SAKIP_OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = os.environ.get("SAKIP_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("SAKIP_OIDC_CLIENT_SECRET", "")
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "id"
TIME_ZONE = os.environ.get("SAKIP_TIME_ZONE", "Asia/Makassar")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
MEDIA_ROOT = VAR / "media"
# Evidence is served by a view after its permission check, never from a public address.
MEDIA_URL = ""
# The first handler drops what is larger than the limit (bytes a file); Django's own keep the rest.
UPLOAD_LIMIT = int(os.environ.get("SAKIP_UPLOAD_MB", "20")) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "sakip.uploads.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A unit's entry page has some 15 fields a budget line, and all of them come back at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "TIMEOUT": 7 * 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
if SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

PORTAL_URL = os.environ.get("SAKIP_URL", "").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("SAKIP_MAIL_FROM", "Portal SAKIP <portal-sakip@localhost>")
# Mail goes to files until the office names its server.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ["SAKIP_MAIL_HOST"],
            "port": int(os.environ.get("SAKIP_MAIL_PORT", "587")),
            "username": os.environ.get("SAKIP_MAIL_USER", ""),
            "password": os.environ.get("SAKIP_MAIL_PASSWORD", ""),
            "use_tls": True,
        },
    }
    if os.environ.get("SAKIP_MAIL_HOST")
    else {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": VAR / "mail"},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"sakip": {"level": "INFO"}, "reporting": {"level": "INFO"}, "fontTools": {"level": "ERROR"}},
}
