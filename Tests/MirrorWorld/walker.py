"""A client that never rests: it reads both links of every mirror, from repomd.xml to the last
RPM, over and over, and goes on to ask for everything that it was ever told by a link."""
import gzip
import hashlib
import multiprocessing
import os
import random
import socket
import time
import xml.etree.ElementTree as ET

from accesslogs import Memory
from primary import LINKS, REPOSITORIES
from responder import REPO, timestamp

COMMON = "{http://linux.duke.edu/metadata/common}"
PAUSE = 0.005  # seconds between two rounds
# Of what former sessions know, so much is asked for in one walk.
FORMER = 20
BATCH = 60


class Connection:
    """HTTP/1.1 to one mirror: many requests are sent at once, and answered in turn."""

    def __init__(self, port):
        self.port = port
        self.socket = None

    def get(self, requests):
        """Status, ETag and body for each (path, ETag or None)."""
        answers = []
        for start in range(0, len(requests), BATCH):
            answers += self._get(requests[start:start + BATCH])
        return answers

    def _get(self, requests):
        if self.socket is None:
            self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=30)
            self.stream = self.socket.makefile("rb")
        lines = []
        for path, etag in requests:
            match = f"If-None-Match: {etag}\r\n" if etag else ""
            lines.append(f"GET {path} HTTP/1.1\r\nHost: mirror\r\nUser-Agent: walker\r\n{match}\r\n")
        self.socket.sendall("".join(lines).encode())
        return [self._answer() for _ in requests]

    def _answer(self):
        status = int(self.stream.readline().split(b" ", 2)[1])
        length, etag = 0, None
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            name = name.lower()
            if name == b"content-length":
                length = int(value)
            elif name == b"etag":
                etag = value.strip().decode()
        body = self.stream.read(length) if status != 304 else b""
        return status, etag, body


class Reading:
    """What one client knows of one mirror."""

    def __init__(self, name, port, report):
        self.name = name
        self.report = report
        self.connection = Connection(port)
        self.memory = Memory()
        # Whatever a link ever led to: SHA-256 by path, and the ETag of what had it.
        self.told, self.etags = {}, {}
        # Of each repository: revision and time, and what its repomd.xml leads to.
        self.newest, self.current = {}, {}
        self.bodies = {}
        self.turn = 0

    def walk(self, chance):
        """From both links to the last RPM, of one after the other where nothing has changed;
        then some of what former sessions know."""
        self.turn = (self.turn + 1) % len(LINKS)
        places = [f"/pub/epel/{link}/{repository}" for link in LINKS for repository in REPOSITORIES]
        heads = self._get([(f"{place}/repodata/repomd.xml", None) for place in places])
        wanted = []
        for place, (status, _, body) in zip(places, heads):
            if status != 200:
                self.report("missing", f"{place}/repodata/repomd.xml: {status}")
            else:
                files = self._read(place, body)
                wanted += files if f"/{LINKS[self.turn]}/" in place else []
        now = set(wanted)
        former = [path for path in self.told if path not in now]
        if len(former) > FORMER:
            former = chance.sample(former, FORMER)
        self._ask(wanted + former)

    def _get(self, requests):
        asked = time.time()
        answers = self.connection.get(requests)
        answered = time.time()
        for (path, _), (status, _, _) in zip(requests, answers):
            self.memory.note(path, status, asked, answered)
        return answers

    def _read(self, place, body):
        digest = hashlib.sha256(body).digest()
        known = self.current.get(place)
        if known is not None and known[0] == digest:
            return known[1]
        try:
            revision, time_ = int(ET.fromstring(body).findtext(f"{REPO}revision")), timestamp(body)
            documents = {
                f"{place}/{data.find(f'{REPO}location').get('href')}":
                    (data.findtext(f"{REPO}checksum"), data.get("type"))
                for data in ET.fromstring(body).iter(f"{REPO}data")}
        except (ET.ParseError, TypeError, ValueError) as error:
            self.report("checksum", f"{place}/repodata/repomd.xml cannot be read: {error}")
            return []
        before = self.newest.get(place, (0, 0))
        if revision < before[0] or time_ < before[1]:
            self.report("older", f"{place}/repodata/repomd.xml: revision {before[0]} of "
                        f"{before[1]} became revision {revision} of {time_}")
        self.newest[place] = (max(revision, before[0]), max(time_, before[1]))
        files = {path: checksum for path, (checksum, _) in documents.items()}
        self._ask(list(files), files)
        for path, (_, kind) in documents.items():
            if kind == "primary" and path in self.bodies:
                root = ET.fromstring(gzip.decompress(self.bodies[path]))
                for entry in root.iter(f"{COMMON}package"):
                    href = entry.find(f"{COMMON}location").get("href")
                    files[f"{place}/{href}"] = entry.findtext(f"{COMMON}checksum")
        self._ask(list(files), files)
        self.current[place] = (digest, list(files))
        return list(files)

    def _ask(self, paths, told=None):
        """Asks for files; each must be there, with the contents that this client was told."""
        for path, checksum in (told or {}).items():
            if self.told.setdefault(path, checksum) != checksum:
                self.report("checksum", f"{path} was {self.told[path]}, and is now {checksum}")
                self.told[path] = checksum
        answers = self._get([(path, self.etags.get(path)) for path in paths])
        for path, (status, etag, body) in zip(paths, answers):
            if status == 304:
                continue
            if status != 200:
                self.report("missing", f"{path}: {status}")
            elif hashlib.sha256(body).hexdigest() != self.told[path]:
                self.report("checksum", f"{path} is not what it was said to be")
            else:
                self.etags[path] = etag
                if "-primary.xml" in path:
                    self.bodies[path] = body


class Walker(multiprocessing.get_context("fork").Process):
    """The process. It is told which mirrors to read, and returns what was wrong."""

    def __init__(self, seed):
        super().__init__(daemon=True)
        self.seed = seed
        self.world = os.getpid()
        self.here, self.there = multiprocessing.Pipe()

    def read(self, mirror):
        """Begins to read a mirror."""
        self.here.send(("read", mirror.name, mirror.port))

    def look(self):
        """What was wrong since the last look, (kind, sentence) each, and what it did so far:
        rounds, walks, and files that it was told of."""
        self.here.send(("look",))
        return self.here.recv()

    def finish(self):
        """Ends it; returns what it knows, a Memory for each mirror."""
        self.here.send(("finish",))
        memories = self.here.recv() if self.here.poll(timeout=30) else {}
        self.join(timeout=10)
        return memories

    def run(self):
        chance, readings, found, seen = random.Random(self.seed), {}, [], set()
        rounds = walks = 0

        def report(name):
            def add(kind, sentence):
                # Once, however long it lasts.
                if (name, kind, sentence) not in seen:
                    seen.add((name, kind, sentence))
                    found.append((kind, f"{name}: {sentence}"))
            return add

        while os.getppid() == self.world:
            while self.there.poll():
                order = self.there.recv()
                if order[0] == "read":
                    readings[order[1]] = Reading(order[1], order[2], report(order[1]))
                elif order[0] == "look":
                    told = sum(len(reading.told) for reading in readings.values())
                    self.there.send((found, rounds, walks, told))
                    found = []
                else:
                    self.there.send({name: one.memory for name, one in readings.items()})
                    return
            rounds += 1
            for reading in readings.values():
                walks += 1
                try:
                    reading.walk(chance)
                except (OSError, ValueError, IndexError) as error:
                    report(reading.name)("server", f"the connection broke: {error!r}")
                    reading.connection = Connection(reading.connection.port)
            time.sleep(PAUSE)
