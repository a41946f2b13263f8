"""Backups: the whole database as of one moment in one file, checked before it counts as one; and how it is put back.

archive       the file: the database and what is said of it
making        one is written while the site runs, and kept
restoring     one takes the place of all that is there, while the site runs
sqlite, postgresql    how each database is copied, counted and replaced
"""

from core.backups.archive import Manifest, Unusable
from core.backups.making import Backup, back_up, latest
from core.backups.restoring import examined, is_empty, restore

__all__ = ["Backup", "Manifest", "Unusable", "back_up", "examined", "is_empty", "latest", "restore"]
