"""Infrastructure from the environment; ways of working are in the playbook, never here.

REIF_HOME, DATABASE_URL, EMAIL_URL, REIF_RETURN_PATH, REIF_DKIM_KEY, REIF_DKIM_SELECTOR, REIF_DKIM_DOMAIN,
REIF_BASE_URL, REIF_SECRET, REIF_HOSTS, REIF_DEBUG: see docs/reference/settings.md.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import django_stubs_ext
import structlog
from csp.constants import NONE, SELF

from reif.kit.place import home, secret_key

django_stubs_ext.monkeypatch()

PACKAGE = Path(__file__).resolve().parent
REIF_HOME = home()
SECRET_KEY = secret_key()
DEBUG = os.environ.get("REIF_DEBUG") == "1"
BASE_URL = os.environ.get("REIF_BASE_URL", "http://localhost:8000").rstrip("/")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = os.environ.get("REIF_HOSTS", f"{urlsplit(BASE_URL).hostname},localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
EMAIL_URL = os.environ.get("EMAIL_URL", "")
RETURN_PATH = os.environ.get("REIF_RETURN_PATH", "")
DKIM_KEY = os.environ.get("REIF_DKIM_KEY", "")
DKIM_SELECTOR = os.environ.get("REIF_DKIM_SELECTOR", "reif")
DKIM_DOMAIN = os.environ.get("REIF_DKIM_DOMAIN", "")
BRAND = os.environ.get("REIF_BRAND", "Reif")
CURRENCY = os.environ.get("REIF_CURRENCY", "CHF").upper()
POSTS_PER_MINUTE = max(float(os.environ.get("REIF_POSTS_PER_MINUTE", "60")), 1.0)


# Pages run in a few threads, so the web process keeps its connections in a pool; workers keep their own.
POOLED = os.environ.get("REIF_POOL") == "1"
LOCK_WAIT = float(os.environ.get("REIF_LOCK_WAIT", "10"))


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name`, or the embedded SQLite file when empty."""
    if not url:
        return {
            "ENGINE": "reif.log.sqlite",
            "NAME": REIF_HOME / "reif.sqlite3",
            "CONN_MAX_AGE": 60 if POOLED else 0,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": LOCK_WAIT,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; "
                "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or 5432),
        "CONN_MAX_AGE": 0 if POOLED else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": f"-c lock_timeout={int(LOCK_WAIT * 1000)}"}
        | ({"pool": {"min_size": 1, "max_size": 16, "timeout": 10}} if POOLED else {}),
    }


DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = ["staff", "log", "crm", "lake", "rules", "playbook", "channels", "attract", "capture", "qualify", "nurture"]
ROOMS += ["route", "close", "analyse", "desk", "demo"]
INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton",
    "django_htmx",
    "reif.staff",  # before allauth, whose pages it dresses
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "ninja",
    *(f"reif.{room}" for room in ROOMS[1:]),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "reif.staff.api.frame.ApiFrame",
    "reif.staff.busy.BusyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "reif.staff.language.LanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "reif.urls"
ASGI_APPLICATION = "reif.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "reif.staff.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reif.staff.context.shell",
                "reif.attract.context.site",
            ],
        },
    }
]

AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "reif.staff.adapter.ClosedAdapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_PREVENT_ENUMERATION = True
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "login"
AXES_VERBOSE = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("REIF_BEHIND_PROXY") == "1" else None
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "reif.staff.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF, "'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
LOCALE_PATHS: list[Path] = []
TIME_ZONE = os.environ.get("REIF_TIMEZONE", "Europe/Zurich")
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["reif.staff.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = REIF_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = REIF_HOME / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {"httpx": {"level": "WARNING"}},  # it would write down addresses with tokens in them
    "root": {"handlers": ["stderr"], "level": os.environ.get("REIF_LOG", "WARNING")},
}
structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.stderr))
SILENCED_SYSTEM_CHECKS = ["models.W042"]
GRAPH_URL = os.environ.get("REIF_GRAPH_URL", "https://graph.facebook.com/v23.0").rstrip("/")
LINKEDIN_URL = os.environ.get("REIF_LINKEDIN_URL", "https://api.linkedin.com/rest").rstrip("/")
IMAP_URL = os.environ.get("REIF_IMAP_URL", "")
API_RATE = int(os.environ.get("REIF_API_RATE", "600"))
USE_THOUSAND_SEPARATOR = False  # ids in addresses stay plain; |number groups what people read
