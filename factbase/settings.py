"""Settings of factbase, read from the environment; the defaults serve a demo on this machine."""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from factbase.postgres.databases import databases
from factbase.secret_key import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("FACTBASE_DATA") or BASE_DIR / ".data").resolve()


def words(variable: str, default: str = "") -> list[str]:
    """Split an environment variable at commas and spaces."""
    return (os.environ.get(variable) or default).replace(",", " ").split()


DEBUG = os.environ.get("FACTBASE_DEBUG") == "1"
SECRET_KEY = os.environ.get("FACTBASE_SECRET_KEY") or secret_key(DATA_DIR)
ALLOWED_HOSTS = words("FACTBASE_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = words("FACTBASE_ORIGINS")

INSTALLED_APPS = [
    "factbase",
    "claims",
    "sources",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "procrastinate.contrib.django",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "factbase.cors.CorsMiddleware",
    "factbase.api.problems.ProblemMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factbase.api.options.OptionsMiddleware",
    "factbase.representations.RepresentationMiddleware",
    "factbase.snapshot_cache.SnapshotCacheMiddleware",
    "factbase.content_policy.ContentPolicyMiddleware",
    "factbase.readable_query.ReadableQueryMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "factbase.privacy.PrivateResponseMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "factbase.urls"
WSGI_APPLICATION = "factbase.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "factbase" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = databases(os.environ, DATA_DIR)
DATABASE_ROUTERS = ["factbase.postgres.router.RuntimeRoleRouter"]

AUTH_USER_MODEL = "factbase.User"
AUTHENTICATION_BACKENDS = ["factbase.accounts.admin_permissions.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
# With a second language, add django.middleware.locale.LocaleMiddleware, which chooses one.
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
FORMAT_MODULE_PATH = "factbase.formats"

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "captures", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# The first one drops files that are too large to be kept.
FILE_UPLOAD_HANDLERS = [
    "factbase.uploads.SizeLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Requests that only read write no history. The context that it needs would go before every
# statement that does not begin with SELECT, which then can be no prepared one.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Its own handlers write to the console in DEBUG only and mail the administrators.
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "factbase": {"level": "INFO"},
    },
}

# Whose fact sheets these are, printed on every one.
INSTALLATION_NAME = " ".join((os.environ.get("FACTBASE_NAME") or "factbase").split())

# Seconds that a request for a fact sheet waits while others are being made.
RENDER_WAIT_SECONDS = 120.0

# Folders with more fonts for PDF files: those of scripts that the fonts which come along lack.
FONT_FOLDERS = words("FACTBASE_FONTS")

# Memory of each process for answers to readers who are not signed in; 0 keeps none.
SNAPSHOT_CACHE_BYTES = int(os.environ.get("FACTBASE_CACHE_BYTES") or 64 * 2**20)

# Whether pages of other sites may read the API in a browser, as everybody does.
CORS = os.environ.get("FACTBASE_CORS") == "1"

# --- The API: REST_FRAMEWORK, SPECTACULAR_SETTINGS -------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["factbase.api.renderers.JsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    # The first one refuses every Authorization header. One that reads such goes before it.
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "factbase.api.authentication.NoOtherAccounts",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "factbase.api.negotiation.Negotiation",
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "factbase.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": [
        "factbase.api.throttle.AnonymousThrottle",
        "rest_framework.throttling.ScopedRateThrottle",
    ],
    # Per address and process. A fact sheet starts another program, so fewer are made.
    "DEFAULT_THROTTLE_RATES": {
        "anon": "1200/min",
        "factsheets": "60/min",
        "exports": "30/min",
        "quotes": "120/min",
    },
    # How many proxies stand in front: without any, nobody's X-Forwarded-For is believed.
    "NUM_PROXIES": int(os.environ.get("FACTBASE_PROXIES") or 0),
    "EXCEPTION_HANDLER": "factbase.api.problems.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "factbase",
    "DESCRIPTION": (
        "Claims with who says them, their evidence, sources and conflicts, to be read. The public "
        "sees what is published; signed in, the desk sees the latest version of everything.\n\n"
        "Lists come in pages: follow `next` until it is null. Ranges of days and times are "
        "half-open: `before` is the first day or moment after them. Times are UTC, numbers of "
        "values are strings. Errors are problem details (RFC 9457) with a sentence in `detail`; "
        "parameters that an address does not know are refused."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Vocabularies are named in the schema already.
    "POSTPROCESSING_HOOKS": ["factbase.api.examples.with_examples"],
    "PREPROCESSING_HOOKS": ["factbase.api.schema.version_one"],
    "AUTHENTICATION_WHITELIST": ["rest_framework.authentication.SessionAuthentication"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"validatorUrl": None, "tryItOutEnabled": True},
}

# --- Security --------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True

# Behind HTTPS, say so: cookies and redirects then insist on it.
if os.environ.get("FACTBASE_HTTPS") == "1":
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
