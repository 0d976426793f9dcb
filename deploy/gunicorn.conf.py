"""How gunicorn serves the site; every number can be set from the environment."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
# A worker is replaced now and then, so that no slow leak ever matters; the jitter keeps two from going at once.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file belongs in memory: on a busy disk its fsync would stall a worker.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
loglevel = os.environ.get("LOG_LEVEL", "warning")
accesslog = os.environ.get("ACCESS_LOG") or None
# The supervisor and systemd steer it by signals; it needs no socket of its own.
control_socket_disable = True
