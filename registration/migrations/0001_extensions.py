"""Exclusion constraints over plain columns need btree_gist, searching names by part needs pg_trgm and unaccent."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies: list = []
    operations = [BtreeGistExtension(), TrigramExtension(), UnaccentExtension()]
