"""Django settings, all from the environment; every variable stands in docs/settings.md. No law is a setting."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from . import environment as env

DATA_DIR = env.folder("GONGKAI_DATA_DIR", Path.cwd() / "var")
DEBUG = env.flag("GONGKAI_DEBUG")
SECRET_KEY = env.secret("GONGKAI_SECRET_KEY", DATA_DIR / "secret-key")
ALLOWED_HOSTS = env.names("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("GONGKAI_TRUSTED_ORIGINS")
DATABASES = {"default": env.database("GONGKAI_DATABASE_URL", DATA_DIR / "gongkai.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "gongkai.design",
    "gongkai.agencies",
    "gongkai.disclosure",
    "gongkai.inforequests",
    "gongkai.reports",
    "gongkai.sample",
    "gongkai.portal",
    "gongkai.desk",
]

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
]

ROOT_URLCONF = "gongkai.config.urls"
WSGI_APPLICATION = "gongkai.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["gongkai.design.templatetags.words"],
        },
    }
]

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

AUTH_USER_MODEL = "agencies.Person"
LOGIN_URL = "desk:sign-in"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:sign-in"
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

# GONGKAI_HTTPS says that people reach the site over https, directly or through a proxy that tells so.
HTTPS = env.flag("GONGKAI_HTTPS")
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# The host belongs to a government whose other sites we know nothing of: HSTS speaks for this host alone.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("GONGKAI_BEHIND_PROXY") else None
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
    "name": env.text("GONGKAI_SITE_NAME", "政府信息公开平台"),
    "domain": env.text("GONGKAI_SITE_DOMAIN", "localhost"),
    "id_code": env.text("GONGKAI_SITE_ID_CODE", "0000000000"),
    "sponsor": env.text("GONGKAI_SITE_SPONSOR"),
    "operator": env.text("GONGKAI_SITE_OPERATOR"),
    "icp": env.text("GONGKAI_SITE_ICP"),
    "police": env.text("GONGKAI_SITE_POLICE"),
    "contact": env.text("GONGKAI_SITE_CONTACT"),
}

SERVE_HOST = env.text("GONGKAI_HOST", "127.0.0.1")
SERVE_PORT = env.whole("PORT", 8000, least=1, most=65535)
SERVE_WORKERS = env.whole("GONGKAI_WORKERS", 1, least=1, most=64)
SERVE_THREADS = env.whole("GONGKAI_THREADS", 4, least=1, most=64)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {
        "handlers": ["console"],
        "level": "WARNING",
    },
}
