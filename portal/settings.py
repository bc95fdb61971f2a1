"""Settings, from the environment only. What is missing or insecure refuses the start, in one sentence that names it.

`docs/operate.md` lists every variable.
"""

from __future__ import annotations

import base64
import datetime as dt
import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS

BASE = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Who we are and where -------------------------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
PORTAL_DATA_KEYS: list[str] = env.list("PORTAL_DATA_KEYS")  # base64, 32 bytes each, newest first
PUBLIC_BASE_URL = env.str("PUBLIC_BASE_URL").rstrip("/")  # what people type, and what Twilio signs
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(PUBLIC_BASE_URL).hostname or ""])
SHOW_GOV_BANNER = env.bool("SHOW_GOV_BANNER", default=False)
CIVIL_TIME_OFFSET = dt.timedelta(0)  # only the demo moves it (DEMO_NOW)

# --- Applications ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "registration.administration.PortalAdminConfig",  # django.contrib.admin behind our log-in
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # FORM_RENDERER finds Django's own widgets through it
    "django.contrib.postgres",
    "csp",
    "django_otp",
    "django_otp_webauthn",
    "portal.limits",
    "portal.audit",
    "portal.office",
    "registration",
    "cases",
    "absences",
    "notifications",
    "documents",
    "portal.home",
    "portal.public",
]
MIDDLEWARE = [
    "portal.middleware.RequestLogMiddleware",
    "portal.middleware.DatabaseAwayMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.middleware.PrivateAnswersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "registration.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.office.context.office",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.office.templatetags.portal"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -----------------------------------------------------------------------------------------------------------
DATABASES = {
    "default": {
        **env.db("DATABASE_URL"),
        "CONN_MAX_AGE": None,  # a new connection a request costs four times the throughput (docs/operate.md)
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "registration.User"

# --- Accounts -------------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["registration.backends.AccountBackend"]
PASSWORD_HASHERS = ["registration.hashers.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [{"NAME": "registration.passwords.PolicyRule"}]
PASSWORD_POLICY = env.str("PASSWORD_POLICY", default="guide")  # R73; or "nist": 15 to 128 of any characters
PASSWORD_MAX_LENGTH = env.int("PASSWORD_MAX_LENGTH", default=16)  # R73; 64 is recommended (docs/operate.md)
LOGIN_URL = "registration:login"
LOGIN_REDIRECT_URL = "home:home"
LOGIN_SECOND_STEP = env.str("LOGIN_SECOND_STEP", default="always")
PROOF_MINUTES = 10  # within which a change to the account must follow its password and code
SETUP_LINK_HOURS = 24  # within which a phone must be set up after staff removed the old one
STAFF_PHONE_HOLD_HOURS = 24  # before a staff member's new phone takes codes: time to hear of it on the old one
CLAIM_HOURS = 72  # after which a new account nobody disputed sees what was on record before it
OTP_WEBAUTHN_RP_NAME = "Leave and absence portal"
OTP_WEBAUTHN_RP_ID = urlsplit(PUBLIC_BASE_URL).hostname or ""  # a passkey belongs to this name for ever
OTP_WEBAUTHN_ALLOWED_ORIGINS = [PUBLIC_BASE_URL]
OTP_WEBAUTHN_ALLOW_PASSWORDLESS_LOGIN = False  # a second step, never the only one
REMEMBER_DAYS = env.int("REMEMBER_DAYS", default=30)
SESSION_ENGINE = "registration.session_store"
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; the longest session
SESSION_IDLE_MINUTES = 30
STAFF_SESSION_IDLE_MINUTES, STAFF_SESSION_HOURS = 15, 8
SESSIONS_AT_ONCE = 3  # of an employee: the oldest ends
SESSION_WARNING_MINUTES = 5  # before the end, a script offers more time
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.public.errors.page_open_too_long"
LANGUAGE_COOKIE_NAME = "__Host-language"
LANGUAGE_COOKIE_SECURE = True
MESSAGE_STORAGE = "portal.lib.news.SealedNews"

PROXY_HOPS = env.int("PROXY_HOPS", default=0)  # proxies of ours that set X-Forwarded-For; 0: the header is not read

# Limits per key: (hits, window in seconds). Counted in the database (`portal.limits`). Those with `alarm` in their name
# refuse nobody: reaching one is logged as an error.
#
# An agency of 500 may sit behind one address. When it is invited and 300 of them register in an hour, one in ten
# mistypes a fact; 30 lets them, and 150 five such agencies of one network. Whoever guesses gains little from either:
# a person has five misses, wherever they come from.
# All 45,000 invited within a few days are some 2,000 registrations an hour at noon, and 200 misses.
LIMITS: dict[str, tuple[int, int]] = {
    "match_person": (5, 6 * 3600),  # misses per last name + ZIP, and per employee number
    "match_address": (env.int("MATCH_MISSES_PER_ADDRESS", default=30), 3600),
    "match_network": (env.int("MATCH_MISSES_PER_NETWORK", default=150), 3600),  # IPv4 /24, IPv6 /48
    "match_alarm": (env.int("MATCH_MISSES_ALARM", default=1000), 3600),
    "login_account": (5, 900),  # misses per username + address
    "login_address": (20, 60),  # misses, for usernames with misses of their own there
    "login_flood": (100, 60),  # and for all the others
    # Forgot User ID and Reset Password. Every try counts, the right ones too: nobody learns which they were.
    "recovery_person": (5, 6 * 3600),  # usernames asked for, per last name + ZIP, and per employee number
    "recovery_address": (30, 3600),
    "recovery_network": (150, 3600),
    "recovery_told": (1, 86400),  # usernames sent to one account
    "reset_address": (30, 3600),  # codes to reset a password, whatever the usernames
    "reset_network": (150, 3600),
    "reset_alarm": (1000, 3600),
    "code_send_burst": (2, 10),  # sends per phone
    "code_send": (5, 600),
    "code_send_day": (20, 86400),
    "code_send_others_day": (10, 86400),  # to one phone, all that people without its account's password asked for
    "code_send_address": (25, 300),
    "code_numbers": (5, 86400),  # different phones per person
    "code_send_alarm": (env.int("CODES_ALARM", default=4000), 3600),  # to phones not confirmed yet
    "code_send_everybody": (env.int("CODES_MOST", default=8000), 3600),  # above it those wait; log-in codes do not
    "code_misses": (10, 900),  # misses in a row per person; a resend does not reset them
    "code_misses_ever": (100, 10 * 365 * 86400),  # after a hundred in a row, only staff
}
CODE_MINUTES, CODE_MISSES = 10, 5
PHONE_COUNTRIES = env.list("PHONE_COUNTRIES", default=["US", "PR", "VI", "GU", "AS", "MP"])

# --- Browsers -------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # USWDS draws small icons as data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# A file is taken only by the page that asks for one (`documents.receiving`), and never lies on a disk as it came.
FILE_UPLOAD_HANDLERS = ["portal.lib.uploads.NoFiles"]

# --- Language and time ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("EMPLOYER_TIME_ZONE", default="America/New_York")

# --- Rules of intake (docs/glossary.md) -----------------------------------------------------------------------------
UNPLANNED_PAST_DAYS, UNPLANNED_FUTURE_DAYS = 1, 60
CALL_BUSINESS_DAYS, NOTICE_BUSINESS_DAYS = 2, 5  # a call to who asks for leave; the written notice of rights
REVIEW_BUSINESS_DAYS = 5  # within which a paper that came is looked at
LEAVE_PAST_DAYS, LEAVE_FUTURE_DAYS, LEAVE_MAX_MONTHS = 30, 365, 12  # the first day of a leave; its length
TIME_PAST_DAYS, TIME_FUTURE_DAYS = 30, 60  # single days of an intermittent leave
DRAFT_DAYS = 30

# --- Static files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE / "staticfiles"
STATICFILES_DIRS = [BASE / "static", ("vendor", BASE / "vendor")]  # vendor/ is made by `make setup`
STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- Documents ------------------------------------------------------------------------------------------------------
UPLOAD_MAX_MB = env.int("UPLOAD_MAX_MB", default=20)  # a file, in MiB
DOCUMENTS_A_DAY = env.int(
    "DOCUMENTS_A_DAY", default=10
)  # papers an employee adds to one case; a paper may have several files
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")  # host:port, or the path of a socket
DOCUMENTS_FOLDER = env.str("DOCUMENTS_FOLDER", default="")
DOCUMENTS_BUCKET = env.str("DOCUMENTS_BUCKET", default="")
# MEDIA_URL stays unset: no public address of a document exists.
STORAGES["documents"] = (
    {
        "BACKEND": "documents.backends.Bucket",
        "OPTIONS": {
            "bucket_name": DOCUMENTS_BUCKET,
            "endpoint_url": env.str("DOCUMENTS_ENDPOINT", default="") or None,
            "region_name": env.str("DOCUMENTS_REGION", default="us-east-1"),
            "access_key": env.str("DOCUMENTS_ACCESS_KEY", default="") or None,
            "secret_key": env.str("DOCUMENTS_SECRET_KEY", default="") or None,
            "encryption": env.str("DOCUMENTS_ENCRYPTION", default="AES256"),
        },
    }
    if DOCUMENTS_BUCKET
    else {"BACKEND": "documents.backends.Folder", "OPTIONS": {"location": DOCUMENTS_FOLDER or None}}
)

# --- Messages out ---------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_CONFIG = env.email_url("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = EMAIL_CONFIG["EMAIL_HOST"], EMAIL_CONFIG["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = EMAIL_CONFIG["EMAIL_HOST_USER"], EMAIL_CONFIG["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL")
TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID")
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN")
TWILIO_FROM = env.str("TWILIO_FROM")
TWILIO_ORIGIN = env.str("TWILIO_ORIGIN", default="")  # another origin for Twilio's API; empty: Twilio's own

# --- Celery: hints only. What must be sent stands in the database ----------------------------------------------------
CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 0.25,
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 85, 100  # a slow mail server may take 85; then the broker 120
CELERY_TASK_DEFAULT_QUEUE = "notices"
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines would carry values; ours do not (portal/logs.py)

LOGGING_CONFIG = "portal.logs.configure"
LOGGING: dict[str, object] = {"level": env.str("LOG_LEVEL", default="INFO")}


def _insecure() -> list[str]:
    """What must not run where real people's data is."""
    wrong = []
    if not PUBLIC_BASE_URL.startswith("https://"):
        wrong.append("PUBLIC_BASE_URL must begin with https://")
    if "*" in ALLOWED_HOSTS or not all(ALLOWED_HOSTS):
        wrong.append("ALLOWED_HOSTS must name this site's hosts")
    if len(SECRET_KEY) < 50:
        wrong.append("SECRET_KEY must have 50 characters or more")
    if TWILIO_ORIGIN and not TWILIO_ORIGIN.startswith("https://"):
        wrong.append("TWILIO_ORIGIN must begin with https://")
    if not CLAMD_ADDRESS:
        wrong.append("CLAMD_ADDRESS must say where clamd listens: no document is released unscanned")
    if not DOCUMENTS_BUCKET and not DOCUMENTS_FOLDER:
        wrong.append("DOCUMENTS_BUCKET or DOCUMENTS_FOLDER must say where documents are kept")
    if LOGIN_SECOND_STEP not in {"always", "new_browser", "off"}:
        wrong.append("LOGIN_SECOND_STEP must be always, new_browser or off")
    if PASSWORD_POLICY not in {"guide", "nist"}:
        wrong.append("PASSWORD_POLICY must be guide or nist")
    if PASSWORD_MAX_LENGTH < 8:
        wrong.append("PASSWORD_MAX_LENGTH must be 8 or more")
    if not PHONE_COUNTRIES or set(PHONE_COUNTRIES) - SUPPORTED_REGIONS:
        wrong.append("PHONE_COUNTRIES must name countries by their two letters, like US")
    if LIMITS["code_send_alarm"][0] >= LIMITS["code_send_everybody"][0]:
        wrong.append("CODES_ALARM must be less than CODES_MOST")
    if "DEMO_NOW" in os.environ:
        wrong.append("DEMO_NOW moves the clock and belongs to the demo alone")
    return wrong


def _check() -> None:
    for key in PORTAL_DATA_KEYS:
        if len(base64.b64decode(key)) != 32:
            raise ImproperlyConfigured("PORTAL_DATA_KEYS: each key must be 32 bytes, base64")
    if not PORTAL_DATA_KEYS:
        raise ImproperlyConfigured("PORTAL_DATA_KEYS must hold at least one key")
    # The variable DEMO alone opens nothing: only the demo's own settings, which production never names, may do this.
    demo = os.environ.get("DEMO") == "1" and os.environ.get("DJANGO_SETTINGS_MODULE") == "portal.demo.settings"
    if not demo and (wrong := _insecure()):
        raise ImproperlyConfigured("Refusing to start: " + "; ".join(wrong))


_check()
