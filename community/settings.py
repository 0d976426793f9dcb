"""All settings, read from the environment; an unknown value stops the start with a sentence that says what to do."""

import atexit
import contextlib
import os
import secrets
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _boolean(name: str, default: bool) -> bool:
    """Read a yes/no variable; anything but true/false/1/0/yes/no/on/off is refused."""
    words = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
    text = env.str(name, default=str(default)).strip().lower()
    if text not in words:
        raise ImproperlyConfigured(f"{name}={text!r} is neither true nor false. Set it to true or false.")
    return words[text]


def _whole(name: str, default: int) -> int:
    """Read a whole number of at least 0."""
    text = env.str(name, default=str(default)).strip()
    if not text.isascii() or not text.isdigit():
        raise ImproperlyConfigured(f"{name}={text!r} is not a whole number.")
    return int(text)


def _chosen(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """Read one word out of a fixed list."""
    text = env.str(name, default=default).strip().lower()
    if text not in allowed:
        raise ImproperlyConfigured(f"{name}={text!r} is not known. Use one of: {', '.join(allowed)}.")
    return text


def _address(name: str, default: str, schemes: tuple[str, ...]) -> str:
    """Read a URL whose scheme is one of `schemes`."""
    text = env.str(name, default=default).strip()
    scheme = text.partition(":")[0].lower()
    if scheme not in schemes:
        shown = f"{scheme}://…" if scheme else "nothing"
        raise ImproperlyConfigured(f"{name} is {shown}; it must start with one of: {', '.join(schemes)}.")
    return text


def _kept_secret(file: Path) -> str:
    """The key in `file`, made at the first start. Several machines share one by setting SECRET_KEY instead."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)  # whoever is first wins; the others read it
        draft.unlink()
    return file.read_text().strip()


# --- Where things are -------------------------------------------------------------------------------------------------
DEBUG = _boolean("DEBUG", False)
TESTING = "pytest" in sys.modules
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).expanduser().resolve()
if TESTING:  # a folder of the test process's own: no test ever touches a person's data
    VAR_DIR = Path(tempfile.mkdtemp(prefix="community-tests-"))
    atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
VAR_DIR.mkdir(parents=True, exist_ok=True)

SECRET_KEY = env.str("SECRET_KEY", default="") or _kept_secret(VAR_DIR / "secret-key")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short. Give it at least 50 random characters, or leave it out.")

SITE_URL = _address("SITE_URL", "http://127.0.0.1:8000", ("http", "https")).rstrip("/")
if not urlsplit(SITE_URL).hostname:
    raise ImproperlyConfigured("SITE_URL names no host. Write it like https://community.example.com.")
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname, "127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "community.threads.views.stale.csrf_failure"

ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "community.apps.CommunityConfig",
    "community.branding",
    "community.members",
    "community.products",
    "community.threads",
    "community.moderation",
    "community.notifications",
    "community.search",
    "community.people",
    "forum",
    "reviews",
    "staff",
    "community.recognising",
    "community.demo",
    "community.bench",
    "community.importing",
    "community.exporting",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "taggit",
    "haystack",
    "django_q",
    "django_htmx",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "community.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "community.importing.redirecting.OldAddressesMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "community.members.middleware.RefusalMiddleware",
    "community.reading_marks.ReadingMarksMiddleware",
    "community.kept_for_members.KeptForMembersMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.branding.context.brand",
            ],
        },
    }
]

# --- Database, cache, sessions ----------------------------------------------------------------------------------------
_DATABASE_URL = _address(
    "DATABASE_URL", f"sqlite:///{VAR_DIR / 'community.sqlite3'}", ("sqlite", "postgres", "postgresql")
)
# Synchronous NORMAL survives kill -9 and may lose the last commits when power fails; FULL costs about half the writes.
SQLITE_SYNCHRONOUS = _chosen("SQLITE_SYNCHRONOUS", "normal", ("normal", "full")).upper()
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS}; PRAGMA cache_size=-20000;",
}
DATABASES = {"default": env.db_url_config(_DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"] |= {"OPTIONS": SQLITE_OPTIONS, "CONN_MAX_AGE": 600}
    # Tests on a file, too: in memory, requests of a live server would share one connection and trip over each other.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/second-conversation-{os.getpid()}.sqlite3"}
else:
    DATABASES["default"] |= {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 8}

_CACHE_URL = _address("CACHE_URL", "database://", ("database", "redis", "rediss"))
if _CACHE_URL.startswith("database"):
    # A file of its own: cache writes never wait for the community's writer. Shared by all workers, as rate limits need.
    DATABASES["cache"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "cache.sqlite3",
        "OPTIONS": SQLITE_OPTIONS,
        "CONN_MAX_AGE": 600,
    }
    DATABASE_ROUTERS = ["community.cache_router.CacheRouter"]
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "community_cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _CACHE_URL}}
if TESTING:
    DATABASES.pop("cache", None)
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True

# --- Members and sign-in ----------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "community.sign_up.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_USERNAME_VALIDATORS = "community.members.names.USERNAME_VALIDATORS"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "6/m/ip,30/h/ip",
    # what sends a mail to an address that somebody typed: nobody's mailbox is to be filled with ours
    "confirm_email": "1/10s/key,6/h/key",
    "manage_email": "10/m/user,30/d/user",
    "reset_password": "20/m/ip,5/m/key,10/h/key",
}
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = _whole("TRUSTED_PROXY_COUNT", 0)

# --- Search, tags, tasks ----------------------------------------------------------------------------------------------
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "community.search.whoosh_backend.TunedWhooshEngine",
        "PATH": str(VAR_DIR / "search"),
    }
}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False
# Searches a minute from one address without an account; 0 for no limit.
SEARCHES_A_MINUTE = _whole("SEARCHES_A_MINUTE", 15)

Q_CLUSTER = {
    "name": "community",
    "orm": "default",
    "workers": _whole("TASK_WORKERS", 1),
    "timeout": 120,
    "retry": 180,
    "max_attempts": 5,
    "ack_failures": True,
    "poll": 0.5,
    "save_limit": 1000,
    "catch_up": False,
    "label": "Tasks",
    "sync": TESTING,
}

# --- Files, pages, security -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
_USE_PLAIN_STATIC = TESTING or DEBUG
# While developing and testing, files are served from where they lie; nothing has to be collected first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = _USE_PLAIN_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if _USE_PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_HANDLERS = [
    "community.products.uploading.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o644

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # a load balancer asks inside, in plain http
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# --- Mail -------------------------------------------------------------------------------------------------------------
_EMAIL_URL = _address(
    "EMAIL_URL",
    f"filemail:///{VAR_DIR / 'mail'}",
    ("filemail", "consolemail", "memorymail", "smtp", "smtp+tls", "smtp+ssl"),
)
vars().update(env.email_url_config(_EMAIL_URL))
if EMAIL_BACKEND.endswith("filebased.EmailBackend"):  # type: ignore[name-defined]  # noqa: F821
    EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default=f"community@{urlsplit(SITE_URL).hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# `reply@talk.example.com` takes answers to letters as reply+…@talk.example.com. Empty: letters can't be answered.
MAIL_REPLY_ADDRESS = env.str("MAIL_REPLY_ADDRESS", default="").strip().lower()
if MAIL_REPLY_ADDRESS and not all(MAIL_REPLY_ADDRESS.partition("@")):
    raise ImproperlyConfigured(f"MAIL_REPLY_ADDRESS={MAIL_REPLY_ADDRESS!r} is no address. Write reply@example.com.")
# Signs what the mail server tells us: what came back, and what was answered. Empty: it can tell us nothing.
MAIL_WEBHOOK_SECRET = env.str("MAIL_WEBHOOK_SECRET", default="")
if MAIL_WEBHOOK_SECRET and len(MAIL_WEBHOOK_SECRET) < 32:
    raise ImproperlyConfigured("MAIL_WEBHOOK_SECRET is too short. Give it at least 32 random characters.")
# The name by which our own mail server signs its Authentication-Results (RFC 8601). Empty: they are not read.
MAIL_AUTHSERV_ID = env.str("MAIL_AUTHSERV_ID", default="").strip().lower()
# Feeds of mentions may lie on this very machine: for tests and development; a system check refuses it elsewhere.
LISTEN_TO_LOOPBACK = _boolean("LISTEN_TO_LOOPBACK", False)

# --- Words and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE={TIME_ZONE!r} is not known. Write it like Europe/Berlin.")
USE_I18N = True
# Django 6's default, early: an address typed without a scheme is https. Goes when Django 6.2 comes.
FORMS_URLFIELD_ASSUME_HTTPS = True
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": _chosen("LOG_LEVEL", "warning", ("debug", "info", "warning", "error")).upper(),
    },
}
