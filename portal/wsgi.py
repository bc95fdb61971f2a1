"""The WSGI entry: gunicorn loads it once, before it forks."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()
gc.freeze()  # a full collection over everything loaded above costs an unlucky request 40 ms
