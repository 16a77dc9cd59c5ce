"""What `epel-compose logs` says of the logs of all servers, compared with what clients know."""
import datetime
import json
import os
import re

import faults
import web
from primary import MAJOR

# A file whose name only metadata tells: with its checksum in front, or an RPM.
TOLD = re.compile(r"/repodata/[0-9a-f]{32,}-[^/]*$|\.rpm$")
# Servers read the clock when they begin to answer, clients before and after that.
SLACK = 0.5  # seconds


class Memory:
    """What a client knows of what one server has answered.

    reads  how often it got repomd.xml through a link, by when it asked and when it was
           answered, in quarters of a second
    torn   how often something was gone that a repomd.xml had told it of
    gone   how often something else was
    """

    def __init__(self):
        self.reads, self.torn, self.gone = {}, 0, 0
        self.read_from = set()

    def note(self, path, status, asked, answered):
        """Notes one answer."""
        repository, isdata, name = path.rpartition("/repodata/")
        if isdata and name == "repomd.xml" and status in (200, 304):
            self.read_from.add(repository)
            key = (int(asked * 4), int(answered * 4))
            self.reads[key] = self.reads.get(key, 0) + 1
        elif status == 404 and TOLD.search(path) and any(
                path.startswith(read + "/") for read in self.read_from):
            self.torn += 1
        elif status == 404:
            self.gone += 1


def compare(world, memories):
    """Notes where the program's reports differ from what clients know.

    memories  Memory of the walker by name of a server
    """
    servers = [mirror.name for mirror in world.mirrors + [world.behind]]
    _compare_walker(world, memories, servers)
    _compare_all(world, servers)
    _compare_metalinks(world)


def _report(world, files):
    """What `logs` says of files."""
    printed = world.primary.run(
        "logs", *files, "--server", "{server}/access.log", "--major", MAJOR, "--format", "json",
        quiet=True)
    return json.loads(printed)


def _only(world, server, agent):
    """The log of a server with the lines of one kind of client alone."""
    path = os.path.join(world.directory, "logs", agent, server, "access.log")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(world.log(server), encoding="utf-8") as log, \
            open(path, "w", encoding="utf-8") as target:
        for line in log:
            matched = web.LINE.match(line)
            if matched and matched[5].startswith(agent):
                target.write(line)
    return path


def _compare_walker(world, memories, servers):
    """Torn reads and adoption of the client that never rests: request by request."""
    report = _report(world, [_only(world, server, "walker") for server in servers])
    torn = sum(memory.torn for memory in memories.values())
    gone = sum(memory.gone for memory in memories.values())
    said = _missing(report)
    if (said.get("torn", 0), sum(said.values())) != (torn, torn + gone):
        world.fault("logs", f"the walker met {torn} torn reads and {gone} other missing files, "
                    f"and `logs` says {said}")
    world.count("torn reads", torn)
    flips, reads = _flips(world), {}
    for memory in memories.values():
        for key, number in memory.reads.items():
            reads[key] = reads.get(key, 0) + number
    # As few and as many as each release can have: at a flip a second may be either.
    least, most = {}, {}
    for (asked, answered), number in reads.items():
        before = _leading(flips, asked / 4 - SLACK)
        after = _leading(flips, (answered + 1) / 4 + SLACK)
        for release in set(before + after):
            most[release] = most.get(release, 0) + number
        if before == after:
            least[after[0]] = least.get(after[0], 0) + number
    shares = _adoption(report)
    for release in sorted(most.keys() | shares.keys(), key=str):
        link, concrete = shares.get(release, (0, 0))
        low, high = least.get(release, 0), most.get(release, 0)
        if not low <= link <= high or concrete:
            world.fault("logs", f"the walker read repomd.xml by links {low} to {high} times while "
                        f"they led to {release}, and `logs` says {link}, and {concrete} times "
                        "by its path")
    total = sum(reads.values())
    if total != sum(link for link, _ in shares.values()):
        world.fault("logs", f"the walker read repomd.xml {total} times, and `logs` says {shares}")
    world.count("compared", total)


def _compare_all(world, servers):
    """No client of a whole life has met a torn read: the report says the same."""
    report = _report(world, [world.log(server) for server in servers])
    said = _missing(report)
    if not world.found and said.get("torn", 0):
        world.fault("logs", f"no client met a torn read, and `logs` says {said}: "
                    f"{report['missing']['paths'][:5]}")
    if report["read"]["unreadable"]:
        world.fault("logs", f"lines cannot be read: {report['read']['examples']}")


def _compare_metalinks(world):
    """Each run of dnf by metalink asked once, by the name of the stream or of a release; and
    once more where its metadata was not the newest."""
    shares = _adoption(_report(world, [_only(world, "responder", "libdnf")]))
    said = [sum(share[way] for share in shares.values()) for way in (0, 1)]
    runs = [world.counts.get(f"metalinks by {way}", 0) for way in ("link", "release")]
    if not all(run <= number <= 2 * run for run, number in zip(runs, said)):
        world.fault("logs", f"dnf was run {runs} times by the metalink of a link and of a release, "
                    f"and `logs` says {shares}")


def _missing(report):
    """Missing files by class."""
    found = {}
    for group in report["missing"]["groups"]:
        found[group["class"]] = found.get(group["class"], 0) + group["requests"]
    return found


def _adoption(report):
    """Requests of each release by link and by path, of all hours."""
    found = {}
    for hour in report["adoption"]["hours"]:
        for row in hour["releases"]:
            link, concrete = found.get(row["release"], (0, 0))
            found[row["release"]] = (link + row["link"], concrete + row["concrete"])
    return found


def _flips(world):
    """(second, release) of every move of the links: the world knows which there were, and
    the ledger says when."""
    events = json.loads(world.primary.run(
        "history", MAJOR, "--format", "json", quiet=True))["events"]
    times = [(_seconds(event["at"]), event["command"], event["release"])
             for event in events if event["command"] in ("promote", "rollback")]
    found = []
    for release, command, began, ended in world.flips:
        at = [time for time, word, name in times
              if word == command and name == release and int(began) <= time <= ended]
        if len(at) != 1:
            raise faults.Broken(f"the ledger has {len(at)} times for {command} {release}: {times}")
        found.append((at[0], release))
    return found


def _seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def _leading(flips, time):
    """The release that links lead to by the ledger, in a list of its own; [None] before any."""
    return [None, *[release for at, release in flips if at <= time]][-1:]
