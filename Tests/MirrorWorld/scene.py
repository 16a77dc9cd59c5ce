"""A world of mirrors: what is in it, what is noticed, and what runs in it."""
import concurrent.futures
import json
import os
import random
import socket
import subprocess
import time

import accesslogs
import faults
import filelists
import manager
import web
from mirrors import ListDriven, ModuleByModule, Plain, QuickFedoraMirror, Slow
from primary import MODULES, Primary
from responder import Responder
from walker import Walker


# Of the output of a command, so many lines are shown.
LINES = 5


class World:
    """One primary, its mirrors, a responder, and clients."""

    def __init__(self, options, directory, seed):
        self.options = options
        self.directory = directory
        self.seed = seed
        self.random = random.Random(f"world {seed}")
        self.found = []
        self.processes = []
        self.counts = {}
        # Rows of the list of epel, by the serial of its feed.
        self.serials = {}
        # (event, mirror) -> cost
        self.costs = {}
        os.makedirs(os.path.join(directory, "logs"))
        self.responder = Responder(self)
        self.primary = Primary(self, options.program, options.telling)
        self.mirrors = [ListDriven(self, "L"), Plain(self, "P"), ModuleByModule(self, "Q"),
                        Slow(self, "S")]
        if options.quick_fedora_mirror:
            self.mirrors.append(QuickFedoraMirror(self, "M", options.quick_fedora_mirror))
        # As L, and always one event behind.
        self.behind = ListDriven(self, "H")
        self.behind.kind = "driven by file lists, one event behind"
        # MirrorManager's database; None where it is not installed, or not asked.
        self.manager = None
        self.walker = Walker(seed)
        # What the walker knows in the end, by mirror.
        self.memories = {}
        self.workers = concurrent.futures.ThreadPoolExecutor(max_workers=3)

    # ----------------------------------------------------------------- running

    def open(self):
        """Starts all servers and the walker."""
        self.walker.start()
        self.primary.serve()
        web.serve(self, self.mirrors + [self.behind], self.responder)
        if (manager.programs() and self.primary.telling == "program"
                and self.primary.knows("mirrors", "handover")
                and self.options.break_ in (None, "stale-handover")):
            self.manager = manager.Manager(self)

    def close(self):
        """Ends everything that was started."""
        if self.walker.pid is not None:
            self.memories = self.walker.finish()
        self.workers.shutdown()
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
        if self.manager is not None:
            self.manager.close()

    def start(self, line, port):
        """Starts a server, and waits until it listens."""
        # Servers end with this process, however it ends.
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *line], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.processes.append(process)
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return process
            except OSError:
                time.sleep(0.02)
        raise faults.Broken(f"{' '.join(line)} does not listen: {process.poll()}")

    @staticmethod
    def free_port():
        """A port that nobody listens on."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def log(self, server):
        """The access log of a server, in a directory of its name."""
        directory = os.path.join(self.directory, "logs", server)
        os.makedirs(directory, exist_ok=True)
        return os.path.join(directory, "access.log")

    def linger(self):
        """Lets clients use what is there."""
        time.sleep(self.random.uniform(0.1, 0.3))

    # ----------------------------------------------------------------- telling

    def say(self, line):
        """A line of the story."""
        if self.options.verbose:
            print(line, flush=True)

    def say_command(self, arguments, done):
        """A command that was run, and the beginning of its output."""
        self.count("commands")
        hidden = ("--rpms", "--allow-unsigned", self.primary.pool)
        line = " ".join(word for word in arguments if word not in hidden)
        self.say(f"$ epel-compose {line}" + (
            "" if done.returncode == 0 else f"   # status {done.returncode}"))
        printed = [text for text in done.stdout.splitlines()
                   if text and not text.startswith(("Next:", "epel-compose: UNSIGNED"))]
        for text in printed[:LINES]:
            self.say(f"  {text}")
        if len(printed) > LINES:
            self.say(f"  … and {len(printed) - LINES} more lines")

    def count(self, what, number=1):
        """Counts what was done."""
        self.counts[what] = self.counts.get(what, 0) + number

    def fault(self, kind, sentence):
        """Notes that something is wrong."""
        assert kind in faults.KINDS
        self.found.append((kind, sentence.replace(self.directory + "/", "")))

    # ----------------------------------------------------------------- looking

    def head(self, top):
        """Serial of the feed of a module at `top`; None where it has none."""
        try:
            with open(os.path.join(top, "changes/head.json"), encoding="utf-8") as stream:
                return json.load(stream)["serial"]
        except OSError:
            return None

    def note_lists(self):
        """Keeps what the list of epel says, by serial."""
        path = os.path.join(self.primary.pub, "epel/fullfiletimelist-epel")
        serial = self.primary.head()
        if serial is not None and os.path.exists(path):
            self.serials[serial] = filelists.read(path)[0]

    def differences(self, mirror):
        """Paths in which a mirror differs from the primary as it is."""
        found = []
        for directory in MODULES.values():
            ours = self._entries(os.path.join(self.primary.pub, directory))
            theirs = self._entries(os.path.join(mirror.pub, directory))
            found += [f"{directory}/{path}" for path in sorted(ours.keys() | theirs.keys())
                      if ours.get(path) != theirs.get(path)]
        return found

    def check_mirror(self, mirror):
        """A mirror that has just synchronised is what the primary is."""
        different = self.differences(mirror)
        if different:
            kind = "lists" if isinstance(mirror, (ListDriven, QuickFedoraMirror)) else "state"
            self.fault(kind, f"{mirror.name} ({mirror.kind}) has synchronised, and is not as the "
                       f"primary: {', '.join(different[:5])} and {len(different[5:])} more")

    def check_head(self, mirror):
        """The serial that a mirror's feed has names the list that its trees are."""
        if self.primary.telling != "program":
            return
        serial = self.head(os.path.join(mirror.pub, "epel"))
        rows = self.serials.get(serial)
        if rows is None:
            self.fault("head", f"{mirror.name} has serial {serial}, which nobody knows")
            return
        there = self._entries(os.path.join(mirror.pub, "epel"))
        listed = {path: row for path, row in rows.items() if not path.startswith("changes")}
        have = {path for path in there if not path.startswith("changes")}
        wrong = sorted(listed.keys() ^ have)
        wrong += [path for path in listed.keys() & have
                  if listed[path].kind == "f" and listed[path].size != self._size(there[path])]
        if wrong:
            self.fault("head", f"{mirror.name} has serial {serial}, but not its {wrong[:3]}")

    @staticmethod
    def _size(entry):
        return len(entry[1]) if isinstance(entry[1], bytes) else entry[1]

    @staticmethod
    def _entries(top):
        """Type, and size or target, of everything; what is unfinished and lists left out, and
        the contents of each repomd.xml."""
        found = {}
        listed = {name for module in MODULES for name in filelists.names(module)}
        for place, directories, files in os.walk(top):
            directories[:] = [name for name in directories
                              if name != ".~tmp~" and not name.startswith(".epel-compose-")]
            for name in directories + files:
                path = os.path.join(place, name)
                below = os.path.relpath(path, top)
                if below in listed or name.startswith(".epel-compose-"):
                    continue
                if os.path.islink(path):
                    found[below] = ("l", os.readlink(path))
                elif os.path.isdir(path):
                    found[below] = ("d", None)
                elif name == "repomd.xml" or name == "head.json":
                    with open(path, "rb") as stream:
                        found[below] = ("f", stream.read())
                else:
                    found[below] = ("f", os.path.getsize(path))
        return found

    def check_unfinished(self):
        """No mirror has, or was ever given, what is unfinished."""
        for mirror in self.mirrors + [self.behind]:
            for place, directories, files in os.walk(mirror.pub):
                for name in directories + files:
                    if name.startswith(".epel-compose-"):
                        self.fault("unfinished", f"{mirror.name} has {place}/{name}")
        with open(self.log("rsyncd"), encoding="utf-8") as stream:
            for line in stream:
                if ".epel-compose-" in line and " send " in line:
                    self.fault("unfinished", f"it was sent: {line.strip()}")

    def gather(self):
        """Takes what the walker has found."""
        found, rounds, walks, told = self.walker.look()
        for kind, sentence in found:
            self.fault(kind, f"walker at {sentence}")
        before = self.counts.get("walks", 0)
        self.counts.update(rounds=rounds, walks=walks, told=told)
        self.say(f"  clients meanwhile: {walks - before} walks through a mirror, "
                 f"{self.counts.get('dnf', 0)} of dnf and {self.counts.get('zypper', 0)} of zypper "
                 f"so far: {len(self.found) or 'no'} faults")

    def check_logs(self):
        """What all web servers have answered."""
        requests = 0
        for server in [m.name for m in self.mirrors + [self.behind]] + ["responder"]:
            found, count = web.faults_in_log(self.log(server))
            requests += count
            for kind, sentence in found:
                self.fault(kind, f"log of {server}: {sentence}")
        self.counts["requests"] = requests
        if self.memories and self.primary.knows("logs"):
            accesslogs.compare(self, self.memories)
