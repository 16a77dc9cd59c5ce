"""Mirrors of every kind that there is, each with what it costs to follow."""
import hashlib
import os
import re
import shutil
import signal
import subprocess
import threading
import time

import faults
import filelists
from primary import LINKS, MODULES

TOLD = ["--stats", "--out-format=%i %l %n", "--timeout=60"]
PLAIN = ["rsync", "-aH", "--delay-updates", "--delete-delay"] + TOLD
LISTED = ["rsync", "-aH", "--delay-updates"] + TOLD
# Lists and feed: what tells of trees, and is no part of one.
TELLING = re.compile(r"(^|/)(fullfiletimelist-|fullfilelist$|imagelist-|changes/)")


class Cost:
    """What a mirror has transferred.

    data   bytes of files that it did not have, lists included
    trees  sizes of the files of trees that it was sent
    wire   bytes that went through the connection, both ways
    """

    def __init__(self):
        self.data = self.trees = self.wire = 0
        self.seconds = 0.0

    def add(self, printed):
        """Adds what `rsync --stats` says."""
        def number(label):
            found = re.search(rf"^{label}: ([\d,]+)", printed, re.M)
            return int(found[1].replace(",", "")) if found else 0
        self.data += number("Literal data")
        self.wire += number("Total bytes sent") + number("Total bytes received")
        for size, name in re.findall(r"^>f\S* +(\d+) (.*)$", printed, re.M):
            if not TELLING.search(name):
                self.trees += int(size)


class Mirror:
    """A copy of the primary's modules, with a name by which its logs are called."""

    # What a mirror of this kind does, for people.
    kind = ""

    def __init__(self, world, name):
        self.world = world
        self.name = name
        self.pub = os.path.join(world.directory, "mirrors", name, "pub")
        os.makedirs(self.pub)
        self.port = world.free_port()
        self.cost = Cost()
        # Whether clients use it yet: once it has links.
        self.serves = False

    @property
    def url(self):
        """Where its trees are served."""
        return f"http://127.0.0.1:{self.port}/pub"

    def update(self):
        """Synchronises, and returns what it cost."""
        self.cost = Cost()
        began = time.monotonic()
        self.synchronise()
        self.cost.seconds = time.monotonic() - began
        return self.cost

    def synchronise(self):
        """One run; to be overridden."""
        raise NotImplementedError

    def rsync(self, line, **options):
        """Runs rsync to its end."""
        done = subprocess.run(
            line, capture_output=True, text=True, check=False, timeout=120, **options)
        self.cost.add(done.stdout)
        if done.returncode != 0:
            raise faults.Broken(f"{self.name}: {' '.join(line)} ended with {done.returncode}: "
                                + done.stderr[-800:])

    def has_links(self):
        """Whether what the links lead to can be asked for."""
        return all(os.path.exists(os.path.join(self.pub, "epel", link)) for link in LINKS)


class Plain(Mirror):
    """rsync of all modules at once."""

    kind = "rsync of all modules at once"
    trees = [f"--include=/{directory}/" for directory in MODULES.values()] + ["--exclude=/*"]

    def synchronise(self):
        self.rsync(PLAIN + self.trees
                   + [self.world.primary.module("fedora-buffet") + "/", self.pub])


class ModuleByModule(Mirror):
    """rsync of one module after the other."""

    kind = "rsync module by module"

    def synchronise(self):
        for name, directory in MODULES.items():
            self.rsync(PLAIN + [self.world.primary.module(name) + "/",
                                os.path.join(self.pub, directory)])


class Slow(Plain):
    """As Plain, slow, and interrupted: now and then at some moment, and always when a
    link has just moved, which is the worst of all moments. Clients use what is there then.
    Afterwards it is repeated."""

    kind = "slow rsync, interrupted and repeated"
    # KiB a second.
    RATE = 3000

    def synchronise(self):
        line = PLAIN + [f"--bwlimit={self.RATE}"] + self.trees + [
            self.world.primary.module("fedora-buffet") + "/", self.pub]
        limit = self.world.random.choice([None, self.world.random.uniform(0.02, 0.4)])
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                   text=True, start_new_session=True)
        watcher = threading.Thread(target=self._interrupt, args=(process, limit))
        watcher.start()
        printed, _ = process.communicate()
        watcher.join()
        self.cost.add(printed)
        if process.returncode != 0:
            self.world.say(f"  {self.name} is interrupted")
            # Clients use what it has until it is repeated.
            self.world.linger()
            self.rsync(line)

    def _interrupt(self, process, limit):
        path = os.path.join(self.pub, "epel", LINKS[1])
        before = self._target(path)
        end = time.monotonic() + (60 if limit is None else limit)
        while process.poll() is None and time.monotonic() < end and self._target(path) == before:
            time.sleep(0.0001)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)

    @staticmethod
    def _target(path):
        try:
            return os.readlink(path)
        except OSError:
            return None


class ListDriven(Mirror):
    """What file lists allow, and nothing else: the lists of all modules are fetched, what
    differs from the lists of the run before or from the disk is transferred by its names
    in one rsync, what is not listed is deleted."""

    kind = "driven by file lists"

    def __init__(self, world, name):
        super().__init__(world, name)
        self.kept = os.path.join(world.directory, "mirrors", name, "lists")
        os.makedirs(self.kept)

    def synchronise(self):
        fetched = os.path.join(self.world.directory, "mirrors", self.name, "fetched")
        shutil.rmtree(fetched, ignore_errors=True)
        os.makedirs(fetched)
        buffet = self.world.primary.module("fedora-buffet") + "/"
        lists = {m: f"{d}/fullfiletimelist-{m}" for m, d in MODULES.items()}
        self._by_names(lists.values(), buffet, fetched)
        wanted, gone = set(), []
        for module, directory in MODULES.items():
            path = os.path.join(fetched, lists[module])
            kept = os.path.join(self.kept, module)
            if os.path.exists(kept) and self._bytes(kept) == self._bytes(path):
                continue
            try:
                rows, sums = filelists.read(path)
            except ValueError as error:
                raise faults.Broken(f"{self.name}: {error}") from error
            before = filelists.read(kept)[0] if os.path.exists(kept) else {}
            there = self._there(directory)
            changed = {name for name, row in rows.items()
                       if before.get(name) != row or there.get(name) != self._entry(row)}
            changed |= {name for name, digits in sums.items()
                        if self._sha1(os.path.join(directory, name)) != digits}
            wanted |= {f"{directory}/{name}" for name in changed}
            wanted |= {f"{directory}/{name}" for name in filelists.names(module)}
            gone += [f"{directory}/{name}" for name in there.keys() - rows.keys()]
        if not wanted:
            return
        self._by_names(wanted, buffet, self.pub)
        for name in sorted(gone, reverse=True):
            path = os.path.join(self.pub, name)
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            elif os.path.lexists(path):
                os.unlink(path)
        for module in MODULES:
            os.replace(os.path.join(fetched, lists[module]), os.path.join(self.kept, module))

    def _by_names(self, names, source, target):
        present = "".join(f"{name}\n" for name in sorted(names))
        self.rsync(LISTED + ["--files-from=-", source, target], input=present)

    def _there(self, directory):
        """Type and size of everything that is there but the lists, by path."""
        found, top = {}, os.path.join(self.pub, directory)
        listed = {name for module in MODULES for name in filelists.names(module)}
        for place, directories, files in os.walk(top):
            directories[:] = [name for name in directories if name != ".~tmp~"]
            for name in directories + files:
                path = os.path.join(place, name)
                below = os.path.relpath(path, top)
                kind = "l" if os.path.islink(path) else "d" if os.path.isdir(path) else "f"
                if below not in listed:
                    found[below] = (kind, os.lstat(path).st_size if kind == "f" else None)
        return found

    @staticmethod
    def _entry(row):
        return (row.kind, row.size if row.kind == "f" else None)

    @staticmethod
    def _bytes(path):
        with open(path, "rb") as stream:
            return stream.read()

    def _sha1(self, name):
        try:
            return hashlib.sha1(self._bytes(os.path.join(self.pub, name))).hexdigest()
        except OSError:
            return None


class QuickFedoraMirror(Mirror):
    """The script that large mirrors use."""

    kind = "quick-fedora-mirror"

    def __init__(self, world, name, script):
        super().__init__(world, name)
        self.script = script
        self.configuration = os.path.join(world.directory, "mirrors", name, "configuration")

    def synchronise(self):
        mapping = "\n".join(f"MODULEMAPPING[{m}]={d}" for m, d in MODULES.items())
        with open(self.configuration, "w", encoding="utf-8") as stream:
            stream.write(f"DESTD={self.pub}\nTIMEFILE={self.configuration}.time\n"
                         f"REMOTE=rsync://127.0.0.1:{self.world.primary.port}\n"
                         f"{mapping}\nMODULES=({' '.join(MODULES)})\nVERBOSE=1\nMAXRETRIES=1\n"
                         f"LOGFILE={self.configuration}.log\nLOGITEMS=@\n")
        done = subprocess.run(
            ["zsh", self.script, "-c", self.configuration], capture_output=True, text=True,
            check=False, timeout=120)
        if done.returncode != 0:
            raise faults.Broken(f"{self.name}: quick-fedora-mirror ended with {done.returncode}: "
                                + (done.stdout + done.stderr)[-800:])
