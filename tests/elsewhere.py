"""Another connection to the tests' database: what commits there, others commit."""

import threading
from collections.abc import Callable

from django.db import connection


def elsewhere(change: Callable[[], object]) -> None:
    """Makes the change over another connection."""

    def run():
        try:
            change()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
