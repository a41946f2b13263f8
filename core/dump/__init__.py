"""The published collection as files: fixtures, tables as CSV and as one SQLite file, and what says what they are.

The same collection gives the same bytes. Nothing in a dump says when it was made.
"""

from core.dump.export import Credit, export

__all__ = ["Credit", "export"]
