"""All settings. What differs between machines is read from the environment, at the top.

Safe by default: without DEBUG=1 a SECRET_KEY must be given, and a value that cannot be used stops
the start with one line that names it.
"""

from collections.abc import MutableMapping
from typing import Any

from django.utils.csp import CSP, build_policy
from django.utils.functional import SimpleLazyObject

from esimguide.environment import (
    BASE_DIR,
    VAR_DIR,
    database,
    flag,
    hosts,
    listed,
    mailers,
    number,
    refuse,
    site_url,
    text,
)
from esimguide.i18n import LANGUAGES as GUIDE_LANGUAGES
from esimguide.i18n import TRADITIONAL
from esimguide.inline_assets import sources

SECRET_KEY_LENGTH = 32  # characters; a shorter one can be guessed

# ---- the environment ---------------------------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
SECRET_KEY = text("SECRET_KEY")
if not SECRET_KEY and DEBUG:
    SECRET_KEY = "for-development-only"  # noqa: S105 (DEBUG only; any other start is refused below)
if len(SECRET_KEY) < SECRET_KEY_LENGTH and not DEBUG:
    refuse(f"SECRET_KEY is missing or shorter than {SECRET_KEY_LENGTH} characters")
ALLOWED_HOSTS = hosts()
SITE_URL = site_url()
PAGE_CACHE_BYTES = number("PAGE_CACHE_MB", default=32) * 1_000_000  # in each process
IS_SECURE = flag("HTTPS", default=SITE_URL.startswith("https://"))
# How many proxies stand in front, each adding to X-Forwarded-For; 0 reads no such header.
TRUSTED_PROXIES = number("TRUSTED_PROXIES", default=int(IS_SECURE), least=0)
DATABASES = {"default": database()}

# ---- the application ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "esimguide.apps.GuideConfig",
    "esimguide.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "simple_history",
]
# Search's tables are leaves that the database itself empties with the records they were made from.
SILENCED_SYSTEM_CHECKS = ["fields.E323"]
MIDDLEWARE = [
    # These two serve what is not kept as finished bytes: the admin, answers to unusual requests.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    # Before everything that sets a header, so that a finished page has them all.
    "esimguide.page_cache.FinishPages",
    # What sets headers stands outside of what answers: static files and errors carry them too.
    "esimguide.middleware.Outermost",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "esimguide.http.RefuseOddRequests",
    "esimguide.http.FollowRedirects",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "esimguide.middleware.LimitPosts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "esimguide.admin.session_recovery.RestoreFormAfterLogin",
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
ROOT_URLCONF = "esimguide.urls"
# No WSGI_APPLICATION: under runserver Django's own handler answers, and no finished page is kept.
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
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

# ---- languages and time ------------------------------------------------------------------------

LANGUAGE_CODE = TRADITIONAL
LANGUAGES = GUIDE_LANGUAGES
LOCALE_PATHS = [BASE_DIR / "esimguide" / "locale"]
LANGUAGE_COOKIE_NAME = "editor_language"  # only the admin sets it; readers have the address
LANGUAGE_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Hong_Kong"
USE_TZ = True

# ---- static files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


# ---- safety ------------------------------------------------------------------------------------

# django.contrib.auth's own list, with the length that NIST SP 800-63B asks of a single factor.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # one attacker cannot lock an editor out
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "esimguide.middleware.client_address"
AXES_DISABLE_ACCESS_LOG = True  # it would keep addresses for ever
AXES_LOCKOUT_CALLABLE = "esimguide.admin.auth.site.locked_out"
LOGIN_REDIRECT_URL = "admin:index"  # where a sign-in leads whose ``next`` is not ours
# A second factor for every editor; 0 only on your own machine.
ADMIN_OTP = flag("ADMIN_OTP", default=True)
OTP_TOTP_ISSUER = "HK eSIM guide"


def policy() -> dict[str, list[str]]:
    """Return the content-security policy. With DEBUG any inline text may stand in a page, since
    its hash moves with each edit.
    """
    script, styles = (CSP.UNSAFE_INLINE, [CSP.UNSAFE_INLINE]) if DEBUG else sources()
    return {
        "default-src": [CSP.NONE],
        "script-src": [CSP.SELF, script],
        "style-src": [CSP.SELF, *styles],
        "img-src": [CSP.SELF, "data:"],
        "connect-src": [CSP.SELF],
        "form-action": [CSP.SELF],
        "base-uri": [CSP.NONE],
        "frame-ancestors": [CSP.NONE],
    }


# At the first answer, not here: no command should fail for want of a style sheet.
SECURE_CSP: Any = SimpleLazyObject(policy)
# Headers for which Django has no setting.
SAFETY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            *("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation"),
            *("gyroscope", "magnetometer", "microphone", "midi", "payment", "usb"),
        )
    ),
}


def static_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:  # noqa: ARG001 (whitenoise's)
    """Give a static file every safety header, whoever answers with it."""
    own = {"Content-Security-Policy": build_policy(SECURE_CSP), "X-Frame-Options": "DENY"}
    own |= {"X-Content-Type-Options": "nosniff", "Referrer-Policy": SECURE_REFERRER_POLICY}
    own |= {"Cross-Origin-Opener-Policy": "same-origin"} | SAFETY_HEADERS
    for name, value in own.items():
        headers[name] = value


WHITENOISE_ADD_HEADERS_FUNCTION = static_headers
CSRF_FAILURE_VIEW = "esimguide.views.error.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if IS_SECURE:  # a browser takes a __Host- cookie from this very host over TLS only
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day, in seconds
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL else []
if IS_SECURE:
    if TRUSTED_PROXIES:  # the proxy in front must set this header itself: docs/deploy.md
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from beside, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# W021 asks for the browsers' preload list: a promise for a whole domain, its owner's to make.
SILENCED_SYSTEM_CHECKS += ["security.W021"]
# One form of the admin, all its rows, at 20,000 characters a text; uploads have their own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 2

# ---- mail --------------------------------------------------------------------------------------

# Tasks wait in the database; ``manage.py db_worker`` runs them.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MAILERS = mailers()
SENDS_MAIL = bool(text("EMAIL_URL"))
EDITORS_MAIL = listed("EDITORS_MAIL")
DEFAULT_FROM_EMAIL = text("MAIL_FROM")
if not SENDS_MAIL:  # a guide without mail is whole: editors see the messages on the desk
    SILENCED_SYSTEM_CHECKS += ["mail.E001"]
if SENDS_MAIL and not DEFAULT_FROM_EMAIL:
    refuse("MAIL_FROM is missing: the address that mail comes from")
if SENDS_MAIL and not SITE_URL:
    refuse("SITE_URL is missing: mail leads readers to their answer")
if EDITORS_MAIL and not SENDS_MAIL:
    refuse("EDITORS_MAIL needs EMAIL_URL, the mail server")

# ---- logs --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "esimguide.ops.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would say it twice, in another form.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"level": "ERROR"},  # its warnings name the person
    },
}
