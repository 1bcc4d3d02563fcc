"""Settings of one deployment, read from the environment once.

Every variable is typed. A value that cannot be read stops the start with its name;
nothing secret has a working default in production. docs/operators.md lists them.
"""

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import django
import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DJANGO_6 = django.VERSION >= (6, 0)

env = environ.Env()


def env_flag(name: str, *, default: bool) -> bool:
    """A switch that is exactly on or off: a typing error must not silently mean off."""
    raw = env.str(name, default="")
    if raw == "":
        return default
    if raw.lower() in {"1", "true", "on"}:
        return True
    if raw.lower() in {"0", "false", "off"}:
        return False
    message = f"{name} must be one of 1, 0, true, false, on, off; got {raw!r}."
    raise ImproperlyConfigured(message)


def env_folder(name: str, *, default: Path) -> Path:
    """An absolute folder path; a relative one would move with the working directory."""
    path = Path(env.str(name, default=str(default)))
    if not path.is_absolute():
        message = f"{name} must be an absolute path; got {str(path)!r}."
        raise ImproperlyConfigured(message)
    return path


def env_port() -> int:
    raw = env.str("PORT", default="8000")
    if not raw.isdecimal() or not 0 < int(raw) < 65536:
        message = f"PORT must be a number from 1 to 65535; got {raw!r}."
        raise ImproperlyConfigured(message)
    return int(raw)


def env_mail_server() -> tuple[str, dict]:
    """EMAIL_URL as the backend's name and its options; console: prints letters.

    The value may hold a password, so a refusal does not repeat it.
    """
    server = urlsplit(env.str("EMAIL_URL", default="console:"))
    if server.geturl() == "console:":
        return "console", {}
    try:
        port = server.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[server.scheme]
    except (KeyError, ValueError) as error:
        message = "EMAIL_URL must be console: or like smtps://user:password@host:465, smtp+tls://… or smtp://…"
        raise ImproperlyConfigured(message) from error
    if not server.hostname or server.path not in {"", "/"} or server.query:
        message = "EMAIL_URL must name a host and nothing behind it."
        raise ImproperlyConfigured(message)
    if server.scheme == "smtp" and server.password:
        message = "EMAIL_URL would send a password in the clear: use smtps or smtp+tls."
        raise ImproperlyConfigured(message)
    return "smtp", {
        "host": server.hostname,
        "port": port,
        "username": unquote(server.username or ""),
        "password": unquote(server.password or ""),
        "use_tls": server.scheme == "smtp+tls",
        "use_ssl": server.scheme == "smtps",
        "timeout": 10,  # seconds
    }


def env_media_store() -> dict:
    """Where pictures and files are kept: a folder, or what MEDIA_STORE says.

    The value holds a password, so a refusal does not repeat it.
    """
    store = urlsplit(env.str("MEDIA_STORE", default=""))
    if not store.geturl():
        return {"BACKEND": "pictures.storage.WholeFileStorage"}
    bucket, _, folder = store.path.strip("/").partition("/")
    try:
        host = f"{store.hostname}:{store.port}" if store.port else store.hostname
    except ValueError:
        host = None
    has_keys = bool(store.username and store.password)
    if store.scheme not in {"s3", "s3+http"} or not (host and bucket and has_keys):
        message = "MEDIA_STORE must be like s3://KEY:SECRET@host/bucket/folder?region=…"
        raise ImproperlyConfigured(message)
    if store.scheme == "s3+http" and store.hostname not in LOOPBACK_HOSTS:
        message = "MEDIA_STORE would send keys in the clear: use s3://."
        raise ImproperlyConfigured(message)
    return {
        "BACKEND": "pictures.bucket.BucketStorage",
        "OPTIONS": {
            "endpoint_url": f"{'http' if store.scheme == 's3+http' else 'https'}://{host}",
            "access_key": unquote(store.username or ""),
            "secret_key": unquote(store.password or ""),
            "bucket_name": bucket,
            "location": folder,
            "region_name": dict(parse_qsl(store.query)).get("region"),
            "default_acl": None,
            "file_overwrite": True,
        },
    }


def env_sender(*, is_required: bool) -> str:
    """EMAIL_FROM: one address, alone or with a name before it."""
    sender = env.str("EMAIL_FROM", default="" if is_required else "portal@localhost")
    _, _, host = parseaddr(sender)[1].partition("@")
    if not host or not sender.isprintable():
        message = (
            f"EMAIL_FROM must be an address like portal@example.cn; got {sender!r}."
        )
        raise ImproperlyConfigured(message)
    return sender


ENVIRONMENT = env.str("ENVIRONMENT", default="development")
if ENVIRONMENT not in {"development", "production"}:
    message = f"ENVIRONMENT must be development or production; got {ENVIRONMENT!r}."
    raise ImproperlyConfigured(message)
IS_DEVELOPMENT = ENVIRONMENT == "development"
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

DEBUG = env_flag("DEBUG", default=False)
if DEBUG and not IS_DEVELOPMENT:
    message = "DEBUG shows code and settings to visitors; it is refused in production."
    raise ImproperlyConfigured(message)

if IS_DEVELOPMENT:
    # Signs nothing of value: development answers to loopback hosts only (below).
    SECRET_KEY = env.str(
        "SECRET_KEY", default="development-key-valid-on-this-machine-only"
    )
else:
    SECRET_KEY = env.str("SECRET_KEY")
    if len(SECRET_KEY) < 50:
        message = "SECRET_KEY must have at least 50 characters in production."
        raise ImproperlyConfigured(message)

ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=LOOPBACK_HOSTS if IS_DEVELOPMENT else []
)
if not ALLOWED_HOSTS or any(
    host == "*" or host.startswith(".") for host in ALLOWED_HOSTS
):
    message = "ALLOWED_HOSTS must name each host of this site; patterns are refused."
    raise ImproperlyConfigured(message)
if IS_DEVELOPMENT and not set(ALLOWED_HOSTS) <= set(LOOPBACK_HOSTS):
    message = "ALLOWED_HOSTS names a public host: set ENVIRONMENT=production."
    raise ImproperlyConfigured(message)

# Canonical addresses, feeds and sitemaps are built from this, never from a request header.
if IS_DEVELOPMENT:
    SITE_URL = env.str("SITE_URL", default=f"http://localhost:{env_port()}")
else:
    SITE_URL = env.str("SITE_URL")
if not SITE_URL.startswith(("http://", "https://")) or SITE_URL.endswith("/"):
    message = f"SITE_URL must be like https://example.cn, without a final slash; got {SITE_URL!r}."
    raise ImproperlyConfigured(message)
HAS_TLS = SITE_URL.startswith("https://")
if not IS_DEVELOPMENT and not HAS_TLS:
    message = "SITE_URL must start with https:// in production."
    raise ImproperlyConfigured(message)

VAR_DIR = env_folder("VAR_DIR", default=BASE_DIR / "var")
MEDIA_ROOT = env_folder("MEDIA_ROOT", default=VAR_DIR / "media")
STATIC_ROOT = env_folder("STATIC_ROOT", default=VAR_DIR / "static")

INSTALLED_APPS = [
    "jinxi_portal.admin_app.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "js_asset",
    "django_prose_editor",
    "tree_queries",
    "admin_ordering",
    "taggit",
    *([] if DJANGO_6 else ["csp"]),
    "accounts",
    "editions",
    "pictures",
    "channels",
    "articles",
    "search",
    "fronts",
    "jinxi_portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware"
    if DJANGO_6
    else "csp.middleware.CSPMiddleware",
    "jinxi_portal.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jinxi_portal.caching.CompressPublicMiddleware",
    "jinxi_portal.caching.PublicCacheHeadersMiddleware",
    "editions.middleware.EditionMiddleware",
    "jinxi_portal.security.HonestAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.RecordRefusalsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "jinxi_portal.urls"
WSGI_APPLICATION = "jinxi_portal.wsgi.application"

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
                "editions.context_processors.editions",
                "fronts.context_processors.frame",
                "fronts.context_processors.large_type",
            ],
        },
    },
]

# Database: SQLite in VAR_DIR with no set-up; PostgreSQL by URL.
DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
}
DATABASES["default"]["ATOMIC_REQUESTS"] = (
    False  # else every GET would take the write lock
)
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: an acknowledged save survives a power cut
    "foreign_keys": "1",
    "busy_timeout": "20000",  # milliseconds
}
match DATABASES["default"].get("ENGINE"):
    case "django.db.backends.sqlite3":
        DATABASES["default"]["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": int(SQLITE_PRAGMAS["busy_timeout"]) / 1000,
            "init_command": "".join(
                f"PRAGMA {name}={value};" for name, value in SQLITE_PRAGMAS.items()
            ),
        }
        VAR_DIR.mkdir(parents=True, exist_ok=True)
    case "django.db.backends.postgresql":
        DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
            "min_size": 1,
            "max_size": 8,
            "timeout": 5,
        }
    case engine:
        message = f"DATABASE_URL must be sqlite or postgres; got {engine}."
        raise ImproperlyConfigured(message)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

try:
    CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
except (ValueError, ImproperlyConfigured) as error:
    message = f"CACHE_URL cannot be read: {error}"
    raise ImproperlyConfigured(message) from error

STORAGES = {
    "default": env_media_store(),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if IS_DEVELOPMENT
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = (
    IS_DEVELOPMENT  # no collectstatic step on a developer's machine
)
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/media/"
FILE_UPLOAD_PERMISSIONS = 0o644

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"

# The interface is written in Simplified Chinese and converted with the page.
LANGUAGE_CODE = "zh-hans"
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = False
TAGGIT_TAGS_FROM_STRING = "articles.tags.split_tags"
TAGGIT_STRING_FROM_TAGS = "articles.tags.join_tags"

# Security. Staff pages get their additions in jinxi_portal/security.py.
CSP_POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "media-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
}
if DJANGO_6:
    SECURE_CSP = CSP_POLICY
else:
    CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_POLICY}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HAS_TLS
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HAS_TLS else []
SECURE_SSL_REDIRECT = HAS_TLS
SECURE_HSTS_SECONDS = 31_536_000 if HAS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HAS_TLS
if env_flag("BEHIND_TLS_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Letters to staff. The console by default; an SMTP server by URL.
_backend, _options = env_mail_server()
MAIL_BACKEND = f"django.core.mail.backends.{_backend}.EmailBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_sender(is_required=_backend == "smtp")
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": MAIL_BACKEND, "OPTIONS": _options}}
else:
    EMAIL_BACKEND = MAIL_BACKEND
    EMAIL_HOST = _options.get("host", "")
    EMAIL_PORT = _options.get("port", 25)
    EMAIL_HOST_USER = _options.get("username", "")
    EMAIL_HOST_PASSWORD = _options.get("password", "")
    EMAIL_USE_TLS = _options.get("use_tls", False)
    EMAIL_USE_SSL = _options.get("use_ssl", False)
    EMAIL_TIMEOUT = _options.get("timeout")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
