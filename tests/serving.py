"""The site as a WSGI application that sees what a test sees: by the test's own connection, which it leaves open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from django.test import override_settings


@contextmanager
def served() -> Iterator[Callable]:
    connection, answer = connections["default"], get_wsgi_application()
    signals = (request_started, request_finished)

    def application(environ, start_response):
        # Django's test client, used in between, connects the first again.
        for signal in signals:
            signal.disconnect(close_old_connections)
        connections["default"] = connection
        return answer(environ, start_response)

    with override_settings(ALLOWED_HOSTS=["localhost", "testserver"]):
        connection.inc_thread_sharing()
        try:
            yield application
        finally:
            connection.dec_thread_sharing()
            for signal in signals:
                signal.connect(close_old_connections)
