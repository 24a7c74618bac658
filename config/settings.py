"""Django's settings. What an operator may set is read in `environment.py`."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from django_prose_editor.config import html_tags
from js_asset import static_lazy

from config.environment import (
    data_dir,
    database,
    flag,
    mail,
    onion_host,
    public_host,
    refuse_unsafe,
    secret_key,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir(BASE_DIR)

# --- Who are we, and is it safe to start? ------------------------------------------------------

DEBUG = flag("DEBUG", default=False)
SITE_URL = os.environ.get("SITE_URL", "").rstrip("/")
SECRET_KEY = secret_key(DATA_DIR)
PUBLIC = bool(SITE_URL)
# A second address of the same site, for readers who use Tor.
ONION_HOST = onion_host(SITE_URL)
if PUBLIC:
    refuse_unsafe(
        site_url=SITE_URL, debug=DEBUG, key=SECRET_KEY, data=DATA_DIR, onion_host=ONION_HOST
    )
HTTPS = SITE_URL.startswith("https://")
# Test bank details must never stand on a public page, so a public site starts empty.
SAMPLE = flag("SAMPLE", default=not PUBLIC)

ALLOWED_HOSTS = [public_host(SITE_URL)] if PUBLIC else ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL] if PUBLIC else []
if ONION_HOST:
    ALLOWED_HOSTS += [ONION_HOST]
    CSRF_TRUSTED_ORIGINS += [f"http://{ONION_HOST}"]

# --- The house ---------------------------------------------------------------------------------

INSTALLED_APPS = [
    # modeltranslation before the admin: it patches what the admin reads.
    "modeltranslation",
    "config.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "csp",
    "django_prose_editor",
    "js_asset",
    "simple_history",
    # ours, from the ground up
    "translations",
    "search",
    "pictures",
    "pages",
    "bulletins",
    "donations",
    "links",
    "accounts",
    "config.apps.RoofConfig",
]

MIDDLEWARE = [
    "config.middleware.ForgetAddress",
    "config.middleware.Headers",
    "config.middleware.ForgetCookies",
    "config.onion.Security",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Static files come compressed from above. Django's pads each answer, so that its length tells
    # nothing (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.editor.EditorStyle",
    "django.middleware.http.ConditionalGetMiddleware",
    # Before the sessions, so that choosing a language never looks into one.
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonsLanguage",
    "accounts.middleware.KeepText",
    "pages.middleware.SiteTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.site",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------

DATABASES = {"default": database(DATA_DIR)}

# Login limits are counted here: in the database, so that every worker counts the same.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond it counts are dropped that still matter; Django's 300 are soon filled on purpose.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    # What readers may see now, and nothing else.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Every picture, whoever may see it.
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "private",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "config.storage.StaticStorage"
        )
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps and fonts are large or compressed already: trying costs four fifths of the time.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (
    *("jpg", "jpeg", "png", "gif", "webp", "avif", "ico"),
    *("zip", "gz", "br", "woff", "woff2", "map"),
)

# --- Languages ---------------------------------------------------------------------------------

# The one list. Columns are shipped for each of these; adding one is a migration
# (docs/architecture.md says how). Which of them readers are offered is PUBLIC_LANGUAGES.
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
PUBLIC_LANGUAGES = ["en", "fr"]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# Only names in the admin lean on this: readers get a side, which knows its source language.
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("en", "fr")}
MODELTRANSLATION_CUSTOM_FIELDS = ("Line", "Text", "Body", "Count")

# --- The rich-text editor ----------------------------------------------------------------------

# What `EDITOR` in translations/fields.py names beyond the package's own: a phrase in another
# language, a picture of the library, and in place of its links, list items and menu ours.
# `core.html` decides what is kept.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [
            static_lazy(f"admin/{name}.js") for name in ("phrase", "picture", "link", "toolbar")
        ],
        "extensions": {
            "Phrase": html_tags(["span"], {"span": ["lang", "dir"]}),
            "Picture": html_tags(["img"], {"img": ["src"]}),
            "Toolbar": html_tags([]),
        },
    }
]

# --- People ------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
LOGIN_URL = "account_login"
# Who lands where is said in accounts/places.py; this is for whoever asks Django alone.
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# "key" counts tries for one account, "ip" for everybody together: the adapter gives every visitor
# the same address, so that none is stored. It also says why the figures are what they are.
ACCOUNT_RATE_LIMITS = {
    # Right passwords count for nothing, and wrong ones below: no third count that locks people out.
    "login": None,
    "login_failed": "5/5m/key,100/5m/ip",
    "login_failed_known": "5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

# The desk sends six fields for each paragraph of a text; Django's 1000 are 160 paragraphs.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# Only this one: an uploaded file never lies in a folder, not even for a moment.
FILE_UPLOAD_HANDLERS = ["core.uploads.UnnamedUploadHandler"]

SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "accounts.doors.csrf_failure"
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"

# --- What browsers may do ----------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# W001 looks for Django's own middleware by name, and ours is made of it. W005 and W021: a site
# speaks for its own host; the collective's other subdomains are not ours to bind.
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W005", "security.W021"]
# Not "no-referrer": browsers would then send `Origin: null`, and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only with pages that use it: the admin's forms.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Links to others ---------------------------------------------------------------------------

# Whether `run_due` visits the addresses that are linked to; `check_links` always does.
LINK_CHECK = flag("LINK_CHECK", default=PUBLIC)
# "127.0.0.1:8001": a server of a test that may be visited although it is private.
LINK_CHECK_TEST_SERVER = "" if PUBLIC else os.environ.get("LINK_CHECK_TEST_SERVER", "")

# --- Mail and log ------------------------------------------------------------------------------

vars().update(mail())
# Requests are not logged, and what goes wrong is logged without anybody's address.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Not one line for every address that somebody tries.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
