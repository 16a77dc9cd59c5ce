"""distRepo: a repository of a tag's signed packages, made in the background.

As a builder and hub do it together: one directory per arch with the packages below
Packages/LETTER/, hard links to the files of the builds (a copy across file systems),
with `pkglist`, `kojipkgs` and `repodata`. Packages are those of the arch and noarch;
of an RPM with several wanted signatures the first wanted key counts.
"""

import json
import os
import threading
import time

import layout
import lookups
import repo_files
import tasks
from context import Call, method
from errors import ActionNotAllowed, HubError, ParameterError, fault_of_call
from tagged import visible_entries

INIT, READY, EXPIRED, DELETED, PROBLEM = range(5)
# what a builder reads without asking whether it is there
NEEDED = ("event", "arch", "latest", "inherit", "multilib")
REPO_STATES = {"INIT": INIT, "READY": READY, "EXPIRED": EXPIRED}


class Canceled(Exception):
    """The task was canceled, or the hub was reset."""


@method("distRepo")
def dist_repo(call, tag, keys, **task_opts):
    if not call.has_perm("dist-repo") and not call.has_perm("admin"):
        if call.hub.options["dist_repo_policy"] == "deny":
            raise ActionNotAllowed("policy violation (dist_repo)")
    if not isinstance(keys, list):
        raise ParameterError(f"Invalid type for value '{keys}': {type(keys)}, "
                             f"expected type {list}")
    if call.user is None:
        raise HubError("task must have an owner")
    info = lookups.tag(call, tag, strict=True)
    arches = list(dict.fromkeys(repo_files.canonical(arch) for arch in task_opts["arch"]))
    volume = task_opts.get("volume")
    store, hub = call.store, call.hub
    event = task_opts.get("event") or call.event()
    number = unused_number(call, info["name"], volume)
    repo = {"id": number, "tag": info["name"], "tag_id": info["id"], "state": INIT,
            "event": event, "keys": keys, "volume": volume, "opts": task_opts,
            "made": store.clock}
    directory = prepare(hub, repo, arches)
    store.repos.set(number, repo)
    task_opts["event"] = event
    task = tasks.create(call, "distRepo", [tag, number, keys, task_opts])
    repo["task_id"] = task.id
    work = Work(hub, repo, task, directory)
    call.after.append(work.start)
    return task.id


def unused_number(call, tag, volume):
    """The next repository, past those that another hub left in this topdir."""
    if call.hub.topdir is None:
        raise OSError("this hub has no topdir")
    while True:
        number = call.store.next("repo")
        if not any(os.path.lexists(layout.dist_repo_dir(call.hub.topdir, number, tag, place))
                   for place in (None, volume)):
            return number


def prepare(hub, repo, arches):
    """The empty directories and repo.json, which are there before the task runs."""
    directory = layout.dist_repo_dir(hub.topdir, repo["id"], repo["tag"], repo["volume"])
    hub.repo_dirs.append(directory)
    for arch in arches:
        os.makedirs(f"{directory}/{arch}", exist_ok=True)
    if repo["volume"] not in (None, "DEFAULT"):
        plain = layout.dist_repo_dir(hub.topdir, repo["id"], repo["tag"])
        os.makedirs(os.path.dirname(plain), exist_ok=True)
        os.symlink(os.path.relpath(directory, os.path.dirname(plain)), plain)
        hub.repo_dirs.append(plain)
    shown = {"id": repo["id"], "tag": repo["tag"], "tag_id": repo["tag_id"],
             "keys": repo["keys"], "volume": repo["volume"], "task_opts": repo["opts"]}
    with open(f"{directory}/repo.json", "w", encoding="utf-8") as stream:
        json.dump(shown, stream, indent=2)
    return directory


class Work:
    """The builder's side of one distRepo task."""

    def __init__(self, hub, repo, task, directory):
        self.hub = hub
        self.repo = repo
        self.task = task
        self.directory = directory
        self.opts = repo["opts"]
        self.generation = hub.generation

    def start(self):
        thread = threading.Thread(target=self.run, daemon=True)
        self.hub.workers.append(thread)
        thread.start()

    def run(self):
        store = self.hub.store
        way = self.hub.options["dist_repo"]
        try:
            self.check_alive()
            with store.lock:
                self.task.started = store.clock
                self.task.state = tasks.OPEN
            self.rest(self.hub.options["dist_repo_seconds"])
            if way == "hang":
                self.rest(float("inf"))
            if way == "fail":
                raise HubError("Unsigned packages found. See missing_signatures.log")
            if way == "cancel":
                with store.lock:
                    tasks.finish(store, self.task, tasks.CANCELED)
                return
            for name in NEEDED:
                self.opts[name]
            for arch in self.arches():
                self.make_arch(arch)
        except Canceled:
            return
        except Exception as error:
            with store.lock:
                if self.alive():
                    tasks.finish(store, self.task, tasks.FAILED, fault=fault_of_call(error))
            return
        with store.lock:
            if self.alive():
                self.repo["state"] = READY
                self.link_latest()
                tasks.finish(
                    store, self.task, tasks.CLOSED,
                    f"Dist repository #{self.repo['id']} successfully generated")

    def link_latest(self):
        """The link `latest` beside the repositories of the tag."""
        latest = f"{self.hub.topdir}/repos-dist/{self.repo['tag']}/latest"
        if os.path.lexists(latest):
            os.unlink(latest)
        else:
            self.hub.repo_dirs.append(latest)
        os.symlink(str(self.repo["id"]), latest)

    def alive(self):
        return self.hub.generation == self.generation and self.task.state != tasks.CANCELED

    def check_alive(self):
        if not self.alive():
            raise Canceled

    def rest(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.check_alive()
            time.sleep(min(0.02, seconds))

    def arches(self):
        names = self.opts["arch"]
        if not names:
            with self.hub.store.lock:
                tag = lookups.tag(Call(self.hub), self.repo["tag_id"], True, self.repo["event"])
            names = tag["arches"].split()
        if not names:
            raise HubError("No arches specified nor for the tag!")
        return list(dict.fromkeys(repo_files.canonical(name) for name in names))

    def make_arch(self, arch):
        """One arch, with a subtask of its own, moved into place when it is whole."""
        store = self.hub.store
        with store.lock:
            self.check_alive()
            call = Call(self.hub, user=store.users.get(self.task.owner))
            request = [self.task.request[0], self.repo["id"], arch, self.repo["keys"], self.opts]
            child = tasks.create(call, "createdistrepo", request, self.task.id, arch)
            child.state, child.started = tasks.OPEN, store.clock
            rpms = self.choose(call, arch)
        try:
            packages = repo_files.find(self.hub.topdir, self.opts, rpms)
            repo_files.write(f"{self.directory}/{arch}", packages, self.opts,
                             self.hub.options["dist_repo_links"], self.check_alive)
        except Exception as error:
            state = tasks.CANCELED if isinstance(error, Canceled) else tasks.FAILED
            with store.lock:
                tasks.finish(store, child, state, fault=fault_of_call(error))
            raise
        with store.lock:
            tasks.finish(store, child, tasks.CLOSED)

    def choose(self, call, arch):
        """[(rpm, wanted key or None)] of an arch."""
        keys = [key.lower() for key in self.repo["keys"]]
        wanted = repo_files.compatible(arch)
        chosen = []
        entries = visible_entries(
            call, self.repo["tag_id"], self.opts["event"], self.opts["latest"])
        for entry in entries:
            for rpm in entry.data.rpms:
                if rpm.base["arch"] in wanted:
                    best = [key for key in keys if key in rpm.sigkeys]
                    chosen.append((rpm, best[0] if best else None))
        return chosen


def repo_struct(call, repo):
    made = repo["made"]
    states = {number: name for name, number in REPO_STATES.items()}
    return {
        "begin_event": None, "begin_ts": None, "create_event": repo["event"],
        "create_ts": made, "creation_time": lookups.time_text(made),
        "creation_ts": made, "custom_opts": {}, "dist": True, "end_event": None,
        "end_ts": None, "id": repo["id"], "opts": None, "state": repo["state"],
        "state_name": states.get(repo["state"]), "state_time": lookups.time_text(made),
        "state_ts": made, "tag_id": repo["tag_id"], "tag_name": repo["tag"],
        "task_id": repo["task_id"],
    }


@method("repoInfo", "repo_info")
def repo_info(call, repo_id, strict=False):
    repo = call.store.repos.get(repo_id)
    if repo is None:
        if strict:
            raise HubError(f"No such repo: {repo_id}")
        return None
    return repo_struct(call, repo)


@method("getRepo")
def get_repo(call, tag, state=None, event=None, dist=False, min_event=None):
    number = lookups.tag_id(call, tag, strict=True)
    wanted = READY if state is None else state
    for repo in reversed(list(call.store.repos.items.values())):
        if dist and repo["tag_id"] == number and repo["state"] == wanted:
            return repo_struct(call, repo)
    return None
