"""All settings of the site, in one file. What an operator may change comes from the environment.

DEBUG=1             development: debug pages, no SECRET_KEY needed (`dev.py run` sets it)
SECRET_KEY          required outside development
ALLOWED_HOSTS       comma-separated host names the site answers to
DATABASE_URL        postgres://user:password@host/name; without it, SQLite in db.sqlite3
REPLICA_URL         likewise, a streaming replica of that PostgreSQL: readers' pages are read there whenever it has
                    replayed all that was published
REDIS_URL           redis://host:6379/0, the cache of pages that several processes and machines share; without it, each
                    process keeps but its own. Either way no page is ever stale
BACKUP_DIR          where `backup` writes, and what `restore` unpacks lies meanwhile; default backups/. It holds all
                    that the database holds: only who may read that may read this folder
STATIC_ROOT         where `collectstatic` writes; default staticfiles/
SECURE_SSL=0        serve plain HTTP in production (only behind no proxy at all, on a closed network)
CLIENT_ADDRESS_HEADER   the header in which your proxy names the client, as X-Forwarded-For; without it, the
                    connection's own address. Readers' reports and failed logins are bounded by it
REQUIRE_SECOND_FACTOR=1   nobody works in the admin without a second factor; without it, each member chooses
EMAIL_HOST          the mail server for invitations, lost passwords and what waits for whom; without it, no mail is
                    sent (in development it is printed)
EMAIL_PORT          its port; default 25
EMAIL_HOST_USER     the account there, if it wants one
EMAIL_HOST_PASSWORD  that account's password
EMAIL_USE_TLS=1     speak STARTTLS to it
DEFAULT_FROM_EMAIL  whom the letters come from
LOG_LEVEL           WARNING logs no line for each request; default INFO
SLOW_QUERY_MS       queries of requests that take so many milliseconds are logged; default 500, and 0 logs none
METRICS_TOKEN       who knows it may read /metrics, as `Authorization: Bearer …`; without it, there is no such page
PROMETHEUS_MULTIPROC_DIR  an empty folder, best in memory, in which several workers of one machine count together
"""

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

TESTING = "pytest" in sys.modules
DEBUG = env.flag("DEBUG")

SECRET_KEY = env.text("SECRET_KEY")
if not SECRET_KEY:
    if not (DEBUG or TESTING):
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a long random text, or DEBUG=1 for development on your own machine."
        )
    SECRET_KEY = "insecure: good for development and tests only"

ALLOWED_HOSTS = env.names("ALLOWED_HOSTS") or (["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])

OWN_APPS = ["core", "search", "editorial", "glossary", "research", "catalog"]
INSTALLED_APPS = [
    # Before ours, which shows what members need of it in the admin, and none of its own pages.
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    *OWN_APPS,
    "config.apps.AdminConfig",
    "config.apps.LockoutConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_filters",
    "simple_history",
    "taggit",
    "csp",
]

# The rules across rows that imports of records keep: functions from touched rows to those that break a rule.
RECORD_RULES = ["catalog.checks.broken_rules"]
# The rules of one entry: functions from it to what they find: hard ones stand against publishing, soft ones warn.
ENTRY_RULES = ["catalog.checks.of_entry"]
# What follows from records that come in: functions from kinds and fields to the kinds and fields of further records.
RECORD_CONSEQUENCES = ["catalog.waiting.parents_found"]
# Within what many new records are written, so that it takes less time.
RECORD_BULK = "search.index.at_once"
# How prose names entries of a kind by their slugs; what follows the slug is no letter of it.
RECORD_MENTIONS = {"research.source": "[@{slug}"}
# The sources that a text cites: `read` takes texts, iterating gives them numbered, `part` says how data tells them.
ENTRY_NOTES = "catalog.evidence.Notes"
# How whole an entry is: a function from an entry to `done`, `all`, `percent` and what is `missing`.
COMPLETENESS = "catalog.completeness.of_entry"
# What comes to belong to an entry: a function from it to rows, and to the field by which each names the newcomer.
BELONGINGS = "catalog.belongings.of_entry"
# What public pages show besides records: whatever changes there changes pages.
SHOWN = ["auth.User", "editorial.Change", "editorial.ChangedEntry", "editorial.Installation"]
# What editors look after, in the order of the admin's first page.
UPKEEP = [f"catalog.upkeep.{queue}" for queue in ("OFFERS", "PARENTS", "NAMES", "UNCITED", "STALE", "CLAIMS", "SOFT")]

# What `doctor` looks at, one after another.
CHECKUPS = [
    *(f"core.doctor.installation.{name}" for name in ("checks", "hosts", "mail", "static_files", "disk", "backups")),
    *(f"core.doctor.installation.{name}" for name in ("shared_cache", "metrics_folder")),
    *(f"core.doctor.databases.{name}" for name in ("server", "replica", "migrations", "table_states", "clock")),
    "search.doctor.search_triggers",
    "search.doctor.search_index",
    "catalog.checks.doctor.record_rules",
]

MIDDLEWARE = [
    "core.requests.log_requests",
    # Before all that answers by itself, so that every answer has their headers.
    "core.middleware.isolate",
    # Before what asks for a host and for HTTPS: load balancers have neither.
    "core.health.tell_health",
    "editorial.metrics.tell_metrics",
    # Before all that a page passes once: what it adds is kept with the page.
    "core.pages.stored_pages",
    "django.middleware.security.SecurityMiddleware",
    "core.middleware.open_data",
    "core.middleware.refuse_too_much",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # After the static files, which lie compressed on the disk.
    "core.middleware.Compress",
    "core.replica.bound_writes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "editorial.redirects.follow_redirects",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'db.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without these, concurrent writers lose against "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;",
    }
# Not what libpq does by itself, wait for minutes, where a machine or the network to it is gone; and for a lock as long
# as SQLite does. What nobody waits for any more, the server leaves off: see `core.replica`.
_SOON = {
    "connect_timeout": 2,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
    "options": "-c lock_timeout=20s -c client_connection_check_interval=1s",
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["OPTIONS"] = _SOON | DATABASES["default"].get("OPTIONS", {})
if env.text("REPLICA_URL"):
    DATABASES["replica"] = env.database("REPLICA_URL")
    DATABASES["replica"]["OPTIONS"] = _SOON | DATABASES["replica"].get("OPTIONS", {})
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["core.reading.Router"]
# Tests' tables come straight from the models, in a tenth of the time; a test compares them with what migrations make.
DATABASES["default"]["TEST"] = {"MIGRATE": False}
BACKUP_DIR = Path(env.text("BACKUP_DIR") or BASE_DIR / "backups")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What processes and machines share of the pages that are kept ready: see `core.pages`.
_REDIS = env.text("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _REDIS,
        # Nobody waits for it longer than a page takes to compute.
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
    if _REDIS
    else {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
}

FIXTURE_DIRS = [BASE_DIR / "fixtures"]
SERIALIZATION_MODULES = {
    "json": "core.serializers.json",
    "jsonl": "core.serializers.jsonl",
    "yaml": "core.serializers.yaml",
}
TAGGIT_CASE_INSENSITIVE = True

# --- Mail -----------------------------------------------------------------------------------------------------------

EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "descent@localhost")
# Links under which passwords are set belong in no log of a production server.
_BACKEND = "smtp" if EMAIL_HOST else "console" if DEBUG else "dummy"
EMAIL_BACKEND = f"django.core.mail.backends.{_BACKEND}.EmailBackend"

# --- What operators see ---------------------------------------------------------------------------------------------

_LEVEL = "WARNING" if TESTING else env.text("LOG_LEVEL", "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.Lines" if DEBUG else "core.logs.JSONLines"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["nowhere" if TESTING else "stderr"], "level": "WARNING"},
    "loggers": {
        # Ours, which are named by their modules.
        **{app: {"level": _LEVEL} for app in ["descent", *OWN_APPS]},
        # Handlers of its own would write other lines.
        "django": {"level": "INFO", "handlers": []},
        # What is refused, or answered by the server of development, is told in the line of each request.
        "django.request": {"level": "ERROR"},
        "django.server": {"level": "ERROR", "handlers": [], "propagate": True},
    },
}
SLOW_QUERY_MS = env.number("SLOW_QUERY_MS", 500)
METRICS_TOKEN = env.text("METRICS_TOKEN")
# prometheus-client reads the variable itself, too.
METRICS_FOLDER = env.text("PROMETHEUS_MULTIPROC_DIR")

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = env.text("STATIC_ROOT") or BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# In development and tests files are found where they lie; in production `collectstatic` hashes and compresses them.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG or TESTING

# --- Safety ---------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Pages are read by nobody else's scripts, and neither are their scripts and styles.
WHITENOISE_ALLOW_ALL_ORIGINS = False

if not DEBUG and not TESTING and env.text("SECURE_SSL", "1") != "0":
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # By these names browsers take no cookie from another host of the domain, nor from plain HTTP.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"

# Five failed logins with a name from an address, fifty from an address: see `editorial.lockout`.
AUTHENTICATION_BACKENDS = ["editorial.accounts.Backend"]
AXES_HANDLER = "editorial.lockout.Lockout"
AXES_LOCKOUT_CALLABLE = "editorial.lockout.locked_out"
AXES_USERNAME_CALLABLE = "editorial.lockout.typed_name"
AXES_CLIENT_IP_CALLABLE = "core.clients.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Of those who get in, no addresses are kept.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "email", "csrfmiddlewaretoken"]
AXES_SENSITIVE_PARAMETERS += ["old_password", "new_password1", "new_password2"]
REQUIRE_SECOND_FACTOR = env.flag("REQUIRE_SECOND_FACTOR")
OTP_TOTP_ISSUER = "Descent"

CLIENT_ADDRESS_HEADER = env.text("CLIENT_ADDRESS_HEADER")

# A form as large as an editor can fill one: a model with hundreds of scores, or a text that was pasted by mistake and
# is to be shown again beside its message. Files have bounds of their own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# Whoever finds an open browser a week later finds it logged out.
SESSION_COOKIE_AGE = 7 * 24 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
