"""What is on disk, as a client reads it. Nothing here is the program's: the standard
library reads repomd.xml, primary and the files, and dnf resolves what is listed."""
import collections
import gzip
import hashlib
import os
import re
import sqlite3
import subprocess
import threading
import time
import queue
import shutil
import xml.etree.ElementTree as ET

from builds import digest

REPO = "{http://linux.duke.edu/metadata/repo}"
COMMON = "{http://linux.duke.edu/metadata/common}"
RPM = "{http://linux.duke.edu/metadata/rpm}"

Package = collections.namedtuple("Package", "location checksum size name arch source")


class Repository:
    """What one repomd.xml leads to."""

    def __init__(self, revision, timestamp, documents, packages):
        self.revision = revision
        # The newest of its documents.
        self.timestamp = timestamp
        # Path below the repository, by SHA-256 and size.
        self.documents = documents
        self.packages = packages


class Disk:
    """Reads files, and remembers those that have not changed since."""

    def __init__(self, faults):
        self.faults = faults
        self._digests = {}
        self._repositories = {}

    def digest(self, path):
        """SHA-256 of the file at `path`; None where there is no regular file."""
        try:
            status = os.stat(path, follow_symlinks=False)
        except OSError:
            return None
        known = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns,
                 status.st_ctime_ns)
        found = self._digests.get(path)
        if found is None or found[0] != known:
            try:
                found = self._digests[path] = (known, digest(path))
            except OSError:
                return None
        return found[1]

    def repository(self, path):
        """Reads the repository at `path` and everything that it leads to; says what is
        wrong with it. None where it cannot be read."""
        repomd = os.path.join(path, "repodata", "repomd.xml")
        checksum = self.digest(repomd)
        if checksum is None:
            self.faults(f"{path} has no repomd.xml")
            return None
        found = self._repositories.get(checksum)
        if found is None:
            try:
                found = self._repositories[checksum] = self._read(path, repomd)
            except (OSError, ET.ParseError, EOFError, ValueError, AttributeError) as error:
                self.faults(f"{path} cannot be read: {error}")
                return None
        wanted = [(location, known) for location, known in found.documents.items()]
        wanted += [(package.location, (package.checksum, package.size))
                   for package in found.packages]
        for location, (wanted_digest, size) in wanted:
            file = os.path.join(path, location)
            actual = self.digest(file)
            if actual is None:
                self.faults(f"{file} is listed, but not there")
            elif actual != wanted_digest:
                self.faults(f"{file} is not what is listed: {actual}")
            elif os.path.getsize(file) != size:
                self.faults(f"{file} has another size than is listed")
        return found

    def _read(self, path, repomd):
        root = ET.parse(repomd).getroot()
        documents, primary, stamps = {}, None, []
        for data in root.iter(f"{REPO}data"):
            location = data.find(f"{REPO}location").get("href")
            documents[location] = (data.findtext(f"{REPO}checksum"),
                                   int(data.findtext(f"{REPO}size")))
            stamps.append(int(float(data.findtext(f"{REPO}timestamp"))))
            text = gzip.decompress(open(os.path.join(path, location), "rb").read())
            if hashlib.sha256(text).hexdigest() != data.findtext(f"{REPO}open-checksum"):
                self.faults(f"{path}/{location} has other contents than repomd.xml says")
            if data.get("type") == "primary":
                primary = ET.fromstring(text)
        packages = []
        for entry in primary.iter(f"{COMMON}package"):
            source = entry.findtext(f"{COMMON}format/{RPM}sourcerpm")
            location = entry.find(f"{COMMON}location").get("href")
            packages.append(Package(
                location, entry.findtext(f"{COMMON}checksum"),
                int(entry.find(f"{COMMON}size").get("package")),
                entry.findtext(f"{COMMON}name"), entry.findtext(f"{COMMON}arch"),
                (source or os.path.basename(location)).removesuffix(".src.rpm")))
        if int(primary.get("packages")) != len(packages):
            self.faults(f"{path}: primary says another number of packages than it has")
        return Repository(int(root.findtext(f"{REPO}revision")), max(stamps), documents, packages)

    def repositories(self, tree):
        """Paths of the repositories below `tree`, relative to it."""
        found = []
        for directory, names, _ in os.walk(tree):
            if "repodata" in names:
                found.append(os.path.relpath(directory, tree))
            names[:] = [name for name in names if name not in ("repodata", "Packages")]
        return sorted(found)

    def check_manifest(self, tree):
        """Compares every file of `tree` with its MANIFEST.sha256."""
        try:
            lines = open(os.path.join(tree, "MANIFEST.sha256"), encoding="utf-8").read()
        except OSError as error:
            self.faults(f"{tree} has no manifest: {error}")
            return
        listed = {}
        for line in lines.splitlines():
            checksum, _, path = line.partition("  ")
            listed[path] = checksum
        there = set()
        for directory, _, names in os.walk(tree):
            there.update(os.path.relpath(os.path.join(directory, name), tree) for name in names)
        there.discard("MANIFEST.sha256")
        for path in sorted(there - listed.keys()):
            self.faults(f"{tree}/{path} is not in the manifest")
        for path, checksum in listed.items():
            if self.digest(os.path.join(tree, path)) != checksum:
                self.faults(f"{tree}/{path} is not what its manifest says")


class KnownAddresses:
    """Every file that clients of a link were ever told of: what it was, and when they
    were told last."""

    def __init__(self, public, link, grace, disk, faults):
        self.public = public
        self.link = link
        self.grace = grace
        self.disk = disk
        self.faults = faults
        self.files = {}
        self.heads = {}

    def look(self, now, kept):
        """Reads what the link leads to, compares it with what clients know, and returns
        the repositories by their path below the link. Those of architectures that are only
        `kept`, since when, need not stay because they are there."""
        link = self.link
        top = os.path.join(self.public, link)
        found = {}
        for path in self.disk.repositories(os.path.realpath(top)):
            repository = self.disk.repository(os.path.join(top, path))
            if repository is None:
                continue
            found[path] = repository
            address = f"{link}/{path}"
            since = min((kept[name] for name in path.split("/") if name in kept), default=now)
            self._compare(address, repository, os.path.join(top, path, "repodata/repomd.xml"))
            told = [(location, known[0]) for location, known in repository.documents.items()]
            told += [(package.location, package.checksum) for package in repository.packages]
            for location, checksum in told:
                file = f"{address}/{location}"
                before = self.files.get(file)
                if before is not None and before[0] != checksum:
                    self.faults(f"{file} was {before[0]}, and is listed as {checksum} now")
                self.files[file] = (checksum, since)
            self.heads[address] = (repository.revision, repository.timestamp,
                                   self.disk.digest(f"{self.public}/{address}/repodata/repomd.xml"),
                                   since)
        for address, (_, _, _, told) in self.heads.items():
            if address.startswith(f"{link}/") and address[len(link) + 1:] not in found \
                    and now - told < self.grace:
                self.faults(f"{address} was there {now - told:.1f} s ago, and is gone")
        return found

    def _compare(self, address, repository, repomd):
        if address not in self.heads:
            return
        revision, timestamp, checksum, _ = self.heads[address]
        if repository.revision < revision:
            self.faults(f"{address}: revision {revision} became {repository.revision}")
        if repository.timestamp < timestamp:
            self.faults(f"{address}: timestamp {timestamp} became {repository.timestamp}")
        if repository.revision == revision and self.disk.digest(repomd) != checksum:
            self.faults(f"{address}: other contents have the same revision {revision}")

    def check_files(self, now):
        """Every address that was ever told has the bytes that it had, or nothing once the
        grace time is over."""
        for file, (checksum, told) in self.files.items():
            actual = self.disk.digest(os.path.join(self.public, file))
            if actual is None:
                if now - told < self.grace:
                    self.faults(f"{file} was told {now - told:.1f} s ago, and is gone")
            elif actual != checksum:
                self.faults(f"{file} was {checksum}, and has the bytes {actual} now")


class Repoclosure:
    """`dnf repoclosure` on copies of metadata, beside the life: the machine has more than
    one processor."""

    def __init__(self, scratch, plugins, faults):
        self.scratch = scratch
        self.plugins = plugins
        self.faults = faults
        self.queue = queue.Queue()
        self.asked = set()
        self.count = 0
        self.thread = None

    def ask(self, moment, path, arch, expected):
        """Compares what dnf finds unresolved in the repository at `path` with `expected`,
        names of RPMs without `.rpm`; only the newest of each name counts."""
        repomd = os.path.join(path, "repodata", "repomd.xml")
        key = (digest(repomd), arch, frozenset(expected))
        if key in self.asked or self.plugins is None:
            return
        self.asked.add(key)
        self.count += 1
        copy = os.path.join(self.scratch, f"closure-{self.count}")
        shutil.copytree(os.path.join(path, "repodata"), os.path.join(copy, "repodata"))
        self.queue.put((moment, copy, arch, expected))
        if self.thread is None:
            self.thread = threading.Thread(target=self._work, daemon=True)
            self.thread.start()

    def finish(self):
        """Waits until all is resolved."""
        if self.thread is not None:
            self.queue.put(None)
            self.thread.join()
            self.thread = None

    def _work(self):
        while (item := self.queue.get()) is not None:
            moment, copy, arch, expected = item
            found = self.unresolved(copy, arch)
            newest = self.newest(copy)
            if found is not None and found & newest != expected:
                self.faults(f"{moment}: dnf repoclosure finds {sorted(found & newest)} unresolved "
                            f"for {arch}, not {sorted(expected)}")
            shutil.rmtree(copy, ignore_errors=True)

    @staticmethod
    def newest(copy):
        """The newest of each name; versions of a life are one number."""
        repository = Disk(lambda fault: None)._read(copy, f"{copy}/repodata/repomd.xml")
        found = {}
        for package in repository.packages:
            name = os.path.basename(package.location).removesuffix(".rpm")
            number = int(re.match(r"(\d+)", name[len(package.name) + 1:])[1])
            found[package.name] = max(found.get(package.name, (0, "")), (number, name))
        return {name for _, name in found.values()}

    def unresolved(self, copy, arch):
        """Names of the RPMs that dnf calls unresolved."""
        configuration = f"{copy}/dnf.conf"
        lines = ["[main]", "reposdir=/dev/null", "gpgcheck=0",
                 f"pluginpath={self.plugins}/dnf-plugins"]
        lines += [f"{name}={copy}/{name}" for name in ("cachedir", "logdir", "persistdir")]
        lines += ["[tree]", "name=tree", f"baseurl=file://{copy}"]
        with open(configuration, "w", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")
        done = subprocess.run(
            ["dnf", "--quiet", f"--config={configuration}", "--releasever=7",
             f"--forcearch={arch}", "repoclosure"],
            env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": self.plugins},
            capture_output=True, text=True, check=False)
        if done.returncode != 0 and "Repoclosure ended" not in done.stderr:
            self.faults(f"dnf repoclosure failed: {done.stderr.strip()[-300:]}")
            return None
        found = re.findall(r"^package: (\S+) from ", done.stdout, re.M)
        # dnf writes an epoch only where there is one.
        return set(found)


def states(ledger):
    """State of each release, as the ledger has it; None where it is not there."""
    if not os.path.exists(ledger):
        return None
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    try:
        return dict(connection.execute("SELECT id, state FROM release"))
    finally:
        connection.close()


def listing(top):
    """Every path below `top` with what it is, for "nothing has changed"; the lock is left
    out, in which its holder is written."""
    found = {}
    stack = [top]
    while stack:
        directory = stack.pop()
        try:
            entries = list(os.scandir(directory))
        except FileNotFoundError:
            continue
        for entry in entries:
            if entry.name.endswith(".lock"):
                continue
            status = entry.stat(follow_symlinks=False)
            found[entry.path] = (status.st_ino, status.st_size, status.st_mtime_ns,
                                 status.st_ctime_ns)
            if entry.is_dir(follow_symlinks=False):
                stack.append(entry.path)
    return found
