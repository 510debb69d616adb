"""Django settings, all from the environment; every variable stands in docs/settings.md. No law is a setting."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF

from gongkai.audit.guard import KEPT_DAYS

from . import environment as env
from . import private

# Databases, files and lists that any process of the platform makes are its owner's alone.
os.umask(0o077)

DATA_DIR = env.folder("GONGKAI_DATA_DIR", Path.cwd() / "var")
DEBUG = env.flag("GONGKAI_DEBUG")
SECRET_KEY = env.secret("GONGKAI_SECRET_KEY", DATA_DIR / "secret-key")
SECRET_KEY_FALLBACKS = env.former_secrets("GONGKAI_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.names("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("GONGKAI_TRUSTED_ORIGINS")
DATABASES = {
    "default": env.database("GONGKAI_DATABASE_URL", DATA_DIR / "gongkai.sqlite3", customary="DATABASE_URL")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "gongkai.dictionaries",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "gongkai.design",
    "gongkai.audit",
    "gongkai.outbox",
    "gongkai.files",
    "gongkai.search",
    "gongkai.agencies",
    "gongkai.tasks",
    "gongkai.sign_in",
    "gongkai.disclosure",
    "gongkai.inforequests",
    "gongkai.remedies",
    "gongkai.ledger",
    "gongkai.reports",
    "gongkai.oversight",
    "gongkai.sample",
    "gongkai.portal",
    "gongkai.desk",
]

MIDDLEWARE = [
    "gongkai.operations.watching.Watch",
    "gongkai.operations.probes.AnswerProbes",
    "gongkai.sign_in.middleware.ClientAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "gongkai.files.arriving.LimitRequests",
    "gongkai.sign_in.middleware.Gate",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.operations.busy.TryAgain",
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # A government's own head and foot for the public pages go before ours (docs/operator/public-site.md).
        "DIRS": env.templates("GONGKAI_SITE_TEMPLATES"),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["gongkai.design.templatetags.words", "gongkai.design.templatetags.forms"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# The public pages live as a column of the government's own site: under this path, and so do the static files.
SITE_PATH = env.site_path("GONGKAI_SITE_PATH")
STATIC_URL = f"{SITE_PATH}static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Private files: enciphered, never where the public could reach them. Read by gongkai/files.
FILES_DIR = private.private_folder("GONGKAI_FILES_DIR", DATA_DIR / "files", never_in=STATIC_ROOT)
FILE_CIPHER = env.one_of("GONGKAI_FILE_CIPHER", "sm4-gcm", "aes-256-gcm")
FILE_KEYS_FILE = None if env.text("GONGKAI_FILE_KEYS") else DATA_DIR / "file-keys"
FILE_KEYS = private.file_keys("GONGKAI_FILE_KEYS", DATA_DIR / "file-keys")
FILE_MAX_MB = env.whole("GONGKAI_FILE_MAX_MB", 50, least=1, most=2000)
UPLOAD_MAX_MB = env.whole("GONGKAI_UPLOAD_MAX_MB", max(100, FILE_MAX_MB + 10), least=FILE_MAX_MB, most=20_000)
FILE_MAX_COUNT = env.whole("GONGKAI_FILE_MAX_COUNT", 20, least=1, most=1000)
# Visitors who ask for information online: files, tries, seconds. What the numbers do stands in docs/settings.md.
VISITOR_FILE_MAX_MB = env.whole(
    "GONGKAI_VISITOR_FILE_MAX_MB", min(10, FILE_MAX_MB), least=1, most=FILE_MAX_MB
)
REQUEST_FORM_SECONDS = env.whole("GONGKAI_REQUEST_FORM_SECONDS", 10, least=0, most=600)
REQUEST_DRAFTS_HOUR = env.whole("GONGKAI_REQUEST_DRAFTS_HOUR", 30, least=1, most=100_000)
REQUEST_ADDRESS_DAY = env.whole("GONGKAI_REQUEST_ADDRESS_DAY", 20, least=1, most=100_000)
REQUEST_AGENCY_HOUR = env.whole("GONGKAI_REQUEST_AGENCY_HOUR", 200, least=1, most=1_000_000)
REQUEST_TRACK_FAILURES = env.whole("GONGKAI_REQUEST_TRACK_FAILURES", 20, least=1, most=100_000)
FILE_SCANNER = private.host_and_port("GONGKAI_CLAMD")
FILE_UPLOAD_HANDLERS = [
    "gongkai.files.arriving.StopAtLimit",
    # The way to the disk is opened by gongkai.files.arriving.LimitRequests, for who is signed in.
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = private.private_folder(
    "GONGKAI_FILE_ARRIVING_DIR", DATA_DIR / "arriving", never_in=STATIC_ROOT
)
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20

AUTH_USER_MODEL = "agencies.Person"
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign-in"
PASSWORD_HASHERS = [
    "gongkai.sign_in.hashing.BoundedArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongkai.sign_in.validators.PasswordRule"},
    {"NAME": "gongkai.sign_in.validators.NotReused"},
]
# Signing in: characters, passwords, days, failures, minutes, hours. What the numbers do stands in docs/settings.md.
PASSWORD_LENGTH = env.whole("GONGKAI_PASSWORD_LENGTH", 12, least=8, most=64)
PASSWORD_SHORT_LENGTH = env.whole("GONGKAI_PASSWORD_SHORT_LENGTH", 8, least=8, most=64)
env.be_sure(
    PASSWORD_SHORT_LENGTH <= PASSWORD_LENGTH,
    "GONGKAI_PASSWORD_SHORT_LENGTH",
    f"不能大于 GONGKAI_PASSWORD_LENGTH（{PASSWORD_LENGTH}）。",
)
PASSWORD_HISTORY = env.whole("GONGKAI_PASSWORD_HISTORY", 5, least=0, most=24)
PASSWORD_MAX_DAYS = env.whole("GONGKAI_PASSWORD_MAX_DAYS", 0, least=0, most=3650)
LOCK_FAILURES = env.whole("GONGKAI_LOCK_FAILURES", 5, least=1, most=100)
LOCK_NAME_FAILURES = env.whole("GONGKAI_LOCK_NAME_FAILURES", 20, least=LOCK_FAILURES, most=10_000)
LOCK_ADDRESS_FAILURES = env.whole("GONGKAI_LOCK_ADDRESS_FAILURES", 100, least=1, most=100_000)
LOCK_MINUTES = env.whole("GONGKAI_LOCK_MINUTES", 15, least=1, most=24 * 60)
IDLE_MINUTES = env.whole("GONGKAI_IDLE_MINUTES", 20, least=3, most=24 * 60)
SESSION_HOURS = env.whole("GONGKAI_SESSION_HOURS", 8, least=1, most=24)
SECOND_FACTOR_FOR_ALL = env.flag("GONGKAI_SECOND_FACTOR_FOR_ALL")
# Where the gate sends whoever has something to do before anything else.
SIGN_IN_STEPS = {"verify": "desk:factor-verify", "password": "desk:password", "factor": "desk:factor-set-up"}

# GONGKAI_HTTPS says that people reach the site over https, directly or through a proxy that tells so.
HTTPS = env.flag("GONGKAI_HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
# The gate ends a stay by its own rules; the session outlives it by a day, so that a form sent late is kept for whom.
SESSION_COOKIE_AGE = (SESSION_HOURS + 24) * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# The host belongs to a government whose other sites we know nothing of: HSTS speaks for this host alone.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
BEHIND_PROXY = env.flag("GONGKAI_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# The foot and the head of the public pages: who runs the site, under which marks.
SITE = {
    "name": env.text("GONGKAI_SITE_NAME") or "政府信息公开平台",
    "domain": env.domain("GONGKAI_SITE_DOMAIN", "localhost"),
    "id_code": env.text("GONGKAI_SITE_ID_CODE") or "0000000000",
    "sponsor": env.text("GONGKAI_SITE_SPONSOR"),
    "operator": env.text("GONGKAI_SITE_OPERATOR"),
    "icp": env.text("GONGKAI_SITE_ICP"),
    "police": env.text("GONGKAI_SITE_POLICE"),
    "contact": env.text("GONGKAI_SITE_CONTACT"),
}
# Scheme and host as the public reaches them, for addresses in full; else those of the request are taken.
SITE_ADDRESS = env.site_address("GONGKAI_SITE_ADDRESS")
# Seconds for which a proxy or a browser may keep a public page, and megabytes of pages kept made in each process.
SITE_MAX_AGE = env.whole("GONGKAI_SITE_MAX_AGE", 60, least=0, most=86_400)
SITE_KEPT_MB = env.whole("GONGKAI_SITE_KEPT_MB", 16, least=0, most=1024)

# Mail and short messages: off where no server is named. Read by gongkai/outbox.
EMAIL_HOST = env.text("GONGKAI_MAIL_HOST")
EMAIL_PORT = env.whole("GONGKAI_MAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("GONGKAI_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("GONGKAI_MAIL_PASSWORD")
_MAIL_TLS = env.one_of("GONGKAI_MAIL_TLS", "starttls", "tls", "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL_TLS == "starttls", _MAIL_TLS == "tls"
EMAIL_TIMEOUT = env.whole("GONGKAI_MAIL_TIMEOUT", 20, least=1, most=45)
DEFAULT_FROM_EMAIL = env.mail_address("GONGKAI_MAIL_FROM", needed=bool(EMAIL_HOST))
env.be_sure(
    not EMAIL_HOST or bool(env.text("GONGKAI_SITE_DOMAIN")),
    "GONGKAI_SITE_DOMAIN",
    "没有设置：设置了邮件服务器，就要写网站的域名，邮件里的链接才能打开，例如 www.example.gov.cn。",
)
SMS_URL = env.web_address("GONGKAI_SMS_URL")
SMS_SECRET = env.text("GONGKAI_SMS_SECRET")
SMS_TOKEN = env.header_word("GONGKAI_SMS_TOKEN")
SMS_TIMEOUT = env.whole("GONGKAI_SMS_TIMEOUT", 10, least=1, most=45)
SEND_PAUSES = env.wholes("GONGKAI_SEND_PAUSES", "1,5,15,60", least=1, most=10080)
SERVE_WORKER = env.flag("GONGKAI_SERVE_WORKER", default=True)

AUDIT_KEEP_DAYS = env.whole("GONGKAI_AUDIT_KEEP_DAYS", 0, least=KEPT_DAYS, most=36500, or_nought=True)

# Asking other sites whether the pages linked to are there: off unless wanted. Read by gongkai/oversight.
PROBE_LINKS = env.flag("GONGKAI_PROBE_LINKS")
PROBE_TIMEOUT = env.whole("GONGKAI_PROBE_TIMEOUT", 10, least=1, most=60)
PROBE_DELAY = env.whole("GONGKAI_PROBE_DELAY", 2, least=0, most=60)
PROBE_MOST = env.whole("GONGKAI_PROBE_MOST", 200, least=1, most=10_000)
PROBE_DAYS = env.whole("GONGKAI_PROBE_DAYS", 7, least=1, most=90)
PROBE_INSIDE = env.names("GONGKAI_PROBE_INSIDE")
PROBE_SITE = env.flag("GONGKAI_PROBE_SITE")

SERVE_HOST = env.listen_address("GONGKAI_HOST", "127.0.0.1")
SERVE_PORT = env.whole("PORT", 8000, least=1, most=65535)
SERVE_WORKERS = env.whole("GONGKAI_WORKERS", 1, least=1, most=64)
SERVE_THREADS = env.whole("GONGKAI_THREADS", 4, least=1, most=64)

SERVE_BACKLOG = env.whole("GONGKAI_BACKLOG", 256, least=128, most=65535)
READY_NEEDS_WORKER = env.flag("GONGKAI_READY_NEEDS_WORKER")
LOG_REQUESTS = env.flag("GONGKAI_LOG_REQUESTS")
SLOW_SECONDS = env.whole("GONGKAI_SLOW_SECONDS", 3, least=1, most=600)
BACKUP_DIR = env.text("GONGKAI_BACKUP_DIR") and str(env.folder("GONGKAI_BACKUP_DIR", DATA_DIR))
KNOWN_VARIABLES = frozenset(env.KNOWN)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "gongkai.operations.watching.OneLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["console"],
        "level": "WARNING",
    },
    # A page asked for in vain is no news, and its address may name somebody.
    "loggers": {"gongkai.requests": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}
