"""How gunicorn serves the site: it reads this by itself where it is started here, as `gunicorn config.wsgi`."""

import gc
import os

from gunicorn.glogging import Logger

bind = os.environ.get("BIND", "127.0.0.1:8000")
# Pages are computed by the processor: more threads would only share it. They wait for slow readers and databases.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
# Longer than the longest import of a file that an editor sends.
timeout = 120
graceful_timeout = 30
# Longer than nginx keeps an idle connection, so that none is closed while a request is on its way.
keepalive = 75
# Whatever a library may leak ends with its process; not with all of them at once.
max_requests = 10_000
max_requests_jitter = 2_000
# The site itself answers 414 to a query over 8 kB: what is shorter comes through to it.
limit_request_line = 8190
# Heartbeats must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None


class Log(Logger):
    """The site tells of each request itself: gunicorn would put a line together, and throw it away."""

    def access(self, *asked: object) -> None:
        pass


logger_class = Log
# Its own lines go into the log as all others do.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.logs.JSONLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
    },
    "root": {"level": "WARNING", "handlers": []},
}


def post_worker_init(worker: object) -> None:
    """What the site is made of stays as long as the process: Python need not search it for garbage again and again."""
    gc.collect()
    gc.freeze()
