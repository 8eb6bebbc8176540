"""Django as a WSGI application: what ``asgi.py`` runs in threads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "esimguide.settings")
application = get_wsgi_application()
