"""One settings file; the environment decides. A missing variable says what to do.

ONROLL_ENV: `production` (the default: keys must be set), or `check` (throw-away keys and an in-memory
database, for type checks and drawing the docs). `<data dir>/keys.env` may hold the keys of a small server.
"""

import os
import shlex
from pathlib import Path

from csp.constants import NONE, SELF

from onroll.config import env
from onroll.config.database import database
from onroll.config.shipped import packs_folder

PACKAGE = Path(__file__).resolve().parent.parent
ONROLL_ENV = env.text("ONROLL_ENV", "production")
ONROLL_DATA_DIR = Path(env.text("ONROLL_DATA_DIR", "var")).resolve()

if ONROLL_ENV == "check":
    for name in ("ONROLL_SECRET_KEY", "ONROLL_LEDGER_KEY", "ONROLL_DATA_KEYS"):
        os.environ.setdefault(name, "for checks only, opens nothing")
    os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
else:
    env.load_file(ONROLL_DATA_DIR / "keys.env")

# Keys. Each has one use; none is in the database.
SECRET_KEY = env.text("ONROLL_SECRET_KEY")
ONROLL_LEDGER_KEY = env.text("ONROLL_LEDGER_KEY")
ONROLL_DATA_KEYS = env.words("ONROLL_DATA_KEYS") or [env.text("ONROLL_DATA_KEYS")]  # newest first

# What kind of house this is.
DEBUG = False
ONROLL_DEMO = env.flag("ONROLL_DEMO", default=False)
# Off for the demonstration only: every role that sees pupils must sign in with a second factor.
ONROLL_SECOND_FACTOR = env.flag("ONROLL_SECOND_FACTOR", default=True) or not ONROLL_DEMO
ONROLL_BASE_URL = env.text("ONROLL_BASE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.words("ONROLL_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [ONROLL_BASE_URL]
UPLOAD_DIR = ONROLL_DATA_DIR / "uploads"
INCOMING_DIR = ONROLL_DATA_DIR / "incoming"  # files of a form until it is read, encrypted
HEADS_DIR = ONROLL_DATA_DIR / "ledger-heads"
ONROLL_PACKS_DIR = packs_folder()  # policy packs and authority profiles that a school can choose

INSTALLED_APPS = [
    "onroll.records.schools",
    "onroll.records.people",
    "onroll.records.pupils",
    "onroll.records.attendance",
    "onroll.records.cases",
    "onroll.records.policies",
    "onroll.records.duties",
    "onroll.records.outbox",
    "onroll.records.ledger",
    "onroll.records.work",
    "onroll.pages",
    "onroll.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
]
AUTH_USER_MODEL = "people.User"
ROOT_URLCONF = "onroll.config.urls"
WSGI_APPLICATION = "onroll.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "onroll.pages.middleware.ActorMiddleware",
    "onroll.pages.second_factor.middleware.SecondFactorMiddleware",
    "onroll.pages.middleware.RefusalMiddleware",
    "onroll.pages.middleware.PrivateMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "onroll.pages.frame.frame",
            ],
            "builtins": [
                "onroll.pages.templatetags.ui",
                "onroll.pages.templatetags.pictures",
                "onroll.pages.templatetags.places",
            ],
        },
    }
]

DATABASES = {"default": database(env.text("DATABASE_URL", f"sqlite:///{ONROLL_DATA_DIR / 'onroll.sqlite3'}"))}
# Rate limits count across processes, so the cache is a table. With more entries than it may hold it forgets a
# third, live ones too: guesses at 300 addresses would wipe out what is known of guesses at one.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sign-in.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]  # fmt: skip
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "onroll.config.accounts.AccountAdapter"
MFA_ADAPTER = "onroll.config.accounts.MFAAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "onroll.config.accounts.display_name"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address already
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed": the first sign of a theft
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to who has no account
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "login": "onroll.config.account_forms.LoginForm",
    "reauthenticate": "onroll.config.account_forms.ReauthenticateForm",
    "change_password": "onroll.config.account_forms.ChangePasswordForm",
    "reset_password": "onroll.config.account_forms.ResetPasswordForm",
    "reset_password_from_key": "onroll.config.account_forms.ResetPasswordKeyForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_FORMS = {
    "authenticate": "onroll.config.account_forms.SecondStepForm",
    "reauthenticate": "onroll.config.account_forms.SecondStepAgainForm",
    "activate_totp": "onroll.config.account_forms.ActivateAppForm",
    "authenticate_webauthn": "onroll.config.account_forms.PasskeyForm",
    "reauthenticate_webauthn": "onroll.config.account_forms.PasskeyAgainForm",
    "login_webauthn": "onroll.config.account_forms.PasskeyLoginForm",
    "add_webauthn": "onroll.config.account_forms.AddPasskeyForm",
    "edit_webauthn": "onroll.config.account_forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Onroll"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ONROLL_BASE_URL.startswith("http://")
USERSESSIONS_ADAPTER = "onroll.config.accounts.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = False

# Session: a school day, ended with the browser, encrypted in the database.
SESSION_ENGINE = "onroll.records.people.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
# What a page tells next may name somebody: it waits in the session, never readable in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
_secure = ONROLL_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
_proxied = env.flag("ONROLL_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _proxied else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _proxied else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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
        "manifest-src": [SELF],
    }
}

# Uploads are streamed to disk and encrypted on the way; Django's own handlers would leave them readable in /tmp.
FILE_UPLOAD_HANDLERS = ["onroll.pages.uploading.OnlyFromPeople"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
ONROLL_MAX_UPLOAD = 300 * 1024 * 1024
# How long a family can open the link to the statement of who is responsible.
ONROLL_STATEMENT_LINK_DAYS = int(env.text("ONROLL_STATEMENT_LINK_DAYS", "14"))
ONROLL_MAX_DOCUMENT = 20 * 1024 * 1024
# Looks at a document before it is kept: reads it from its standard input, or from {path}; answers 0 clean, 1 found.
ONROLL_SCAN_COMMAND = shlex.split(env.text("ONROLL_SCAN_COMMAND", ""))

# Words and time.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "l j F Y"

STATIC_URL = "static/"
STATIC_ROOT = ONROLL_DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = ONROLL_ENV != "production"

# E-mail never names a child. Unless a server is set, the demonstration prints it and every other house says "not sent".
_no_server = (
    "django.core.mail.backends.console.EmailBackend" if ONROLL_DEMO else "onroll.config.no_mail.NoServer"
)
EMAIL_BACKEND = env.text("ONROLL_EMAIL_BACKEND", _no_server)
EMAIL_HOST = env.text("ONROLL_EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("ONROLL_EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("ONROLL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("ONROLL_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("ONROLL_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env.text("ONROLL_EMAIL_FROM", "Onroll <onroll@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without-values": {"()": "onroll.config.logs.WithoutValues"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without-values"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Warnings of this one are every 404; its errors are failures on our side.
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
    },
}
