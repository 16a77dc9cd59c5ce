"""The hub itself: data, sessions, switches, armed faults, and the log."""

import os
import shutil
import threading

import distrepo  # noqa: F401  (these modules publish their methods)
import history  # noqa: F401
import reads_builds  # noqa: F401
import reads_hub  # noqa: F401
import seed
import snapshots  # noqa: F401
from sessions import Sessions
from troubles import Troubles

DEFAULTS = {
    "latency": 0.0,
    "header_auth": True,
    "ignore_session_callnum": False,
    "gzip": True,
    "idle_close": None,
    "dist_repo": "ok",
    "dist_repo_seconds": 0.0,
    "dist_repo_links": "hard",
    "dist_repo_policy": "allow",
    "package_list_policy": "allow",
}


class Hub:
    """Everything but the network."""

    def __init__(self, seed_data, topdir=None, **options):
        self.topdir = topdir
        self.start_options = {**DEFAULTS, **options}
        self.options = dict(self.start_options)
        self.store = seed.load(seed_data)
        self.sessions = Sessions()
        self.troubles = Troubles()
        self.log_lock = threading.Lock()
        self.log = []
        self.file_requests = []
        self.connections = 0
        self.generation = 0
        self.repo_dirs = []
        self.workers = []

    def reset(self):
        """Back to the seed. Work in the background notices by the generation."""
        with self.store.lock:
            self.generation += 1
            self.store.reset()
            self.sessions = Sessions()
            self.troubles = Troubles()
            self.options = dict(self.start_options)
            directories, self.repo_dirs = self.repo_dirs, []
            workers, self.workers = self.workers, []
        with self.log_lock:
            self.log = []
            self.file_requests = []
            self.connections = 0
        for worker in workers:
            worker.join()
        for path in directories:
            if os.path.islink(path):
                os.unlink(path)
            else:
                shutil.rmtree(path, ignore_errors=True)
