"""Loads a fixture of posts with Django's own loaddata, and prints how many seconds the command took inside the process.

    python3 django_loaddata.py FIXTURE DATABASE
"""
import sys
import time
import types

import django
from django.conf import settings
from django.core.management import call_command

fixture, database = sys.argv[1:]
settings.configure(
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    INSTALLED_APPS=[],
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    USE_TZ=True,
)
django.setup()

from django.apps import apps  # noqa: E402
from django.apps.config import AppConfig  # noqa: E402
from django.db import models  # noqa: E402

module = types.ModuleType("blog")
module.__path__ = ["."]
sys.modules["blog"] = module
config = AppConfig("blog", module)
config.apps = apps
config.models = apps.all_models["blog"]
apps.app_configs["blog"] = config


class Post(models.Model):
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=50, db_index=False)
    body = models.TextField()
    views = models.IntegerField()
    rating = models.FloatField()
    is_published = models.BooleanField()
    created = models.DateTimeField()
    day = models.DateField()

    class Meta:
        app_label = "blog"


apps.clear_cache()
started = time.perf_counter()
call_command("loaddata", fixture, verbosity=0)
print(time.perf_counter() - started)
