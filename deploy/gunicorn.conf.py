"""How gunicorn serves the site: gunicorn --config deploy/gunicorn.conf.py config.wsgi"""

import os

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
# Heartbeats must not wait for a disk.
worker_tmp_dir = "/dev/shm"
# nginx logs each request; what goes wrong goes to the journal.
accesslog = None
errorlog = "-"
