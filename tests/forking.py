"""Processes beside that of the test, which know what it knows: some are to be killed at a chosen point."""

import json
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.db import connection


class Beside:
    """Runs `act` in a process of its own, on the same database."""

    def __init__(self, act: Callable, *args: object):
        # No connection may be used by two processes.
        connection.close()
        self.told, tell = os.pipe()
        self.child = os.fork()
        if not self.child:
            try:
                os.write(tell, json.dumps(act(*args)).encode())
            finally:
                os._exit(0)
        os.close(tell)

    def result(self) -> Any:
        """What it gave, once it has ended; None where it was killed, or raised something."""
        with open(self.told) as told:
            said = told.read()
        _, self.status = os.waitpid(self.child, 0)
        return json.loads(said) if said else None


def die(*args: object, **kwargs: object) -> None:
    """As `kill -9` from outside, but always at the same point."""
    os.kill(os.getpid(), signal.SIGKILL)


def dying_at(sql: str, times: int = 1) -> AbstractContextManager:
    """Within, the process dies before it executes a statement that begins with `sql`, the so manieth one."""
    left = times

    def look(execute, statement, *rest):
        nonlocal left
        left -= str(statement).startswith(sql)
        return execute(statement, *rest) if left else die()

    return connection.execute_wrapper(look)


def killed(where: AbstractContextManager, act: Callable, *args: object) -> None:
    """Runs `act` within `where` in a process of its own, and expects that it is killed there."""

    def run() -> None:
        with where:
            act(*args)

    process = Beside(run)
    process.result()
    assert os.WIFSIGNALED(process.status), "It ended before it came there."
    assert os.WTERMSIG(process.status) == signal.SIGKILL
