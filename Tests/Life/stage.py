"""The place of one life: a root, a policy, a pool of RPMs, and the program that is run on
them."""
import os
import shlex
import signal
import subprocess
import time

from builds import FIRST_TIME, Build, Press
from testers import Testers
from trees import Disk, KnownAddresses, Repoclosure, listing, states

STREAM, MAJOR = "epel-7", "7"
PUBLIC, STAGING, ARCHIVE = "pub/epel", "pub/alt/epel", "pub/archives/epel"
STATE = "var/lib/epel-compose"
LINKS = ("releases/7", "updates/7")
GRACE = 6  # seconds
ROOTS = {"public": PUBLIC, "staging": STAGING, "archive": ARCHIVE}
# Nobody answers there, and nobody is asked: builds come from directories.
KOJI = """\
koji:
  hub: http://127.0.0.1:9/kojihub
  topdir: http://127.0.0.1:9/kojifiles
  liveTag: "epel7.{minor}"
  testingTag: "epel7.{minor}-testing"
  composeTag: "epel7-{release}"
"""
HERE = os.path.dirname(os.path.abspath(__file__))


class Fault(Exception):
    """Something is not as it should be; the life ends."""


def release_name(order):
    """`7.01.201907` for 1: a minor release every six months."""
    months = 12 * 2019 + 6 * order
    return f"7.{order:02}.{months // 12}{months % 12 + 1:02}"


class Stage:
    """Runs commands and looks at the disk; knows nothing of what should be."""

    def __init__(self, program, directory, seed, plugins):
        self.program = program
        self.directory = directory
        self.root = os.path.join(directory, "root")
        # RPMs of live builds, and of those that are tested.
        self.pool = os.path.join(directory, "pool")
        self.tested = os.path.join(directory, "tested")
        self.found = []
        self.commands = []
        for name in ("root/etc/pki", "pool", "tested", "Policies", "tmp"):
            os.makedirs(os.path.join(directory, name))
        os.symlink(os.path.join(HERE, "..", "..", "Templates"),
                   os.path.join(directory, "Templates"))
        self.press = Press(os.path.join(directory, "store"), seed)
        self.disk = Disk(self.fault)
        self.addresses = [
            KnownAddresses(os.path.join(self.root, PUBLIC), link, GRACE - 1, self.disk, self.fault)
            for link in LINKS]
        self.testers = Testers(os.path.join(self.root, PUBLIC), GRACE - 1, self.disk, self.fault)
        self.closure = Repoclosure(os.path.join(directory, "tmp"), plugins, self.fault)
        self.time = FIRST_TIME
        self.durations = {}

    # ------------------------------------------------------------------ faults

    def fault(self, sentence):
        """Notes that something is wrong."""
        self.found.append(sentence.replace(self.directory + "/", ""))

    def require(self):
        """Ends the life if anything was wrong."""
        if self.found:
            raise Fault("\n".join(self.found[:12]))

    # ---------------------------------------------------------------- commands

    def line(self, arguments):
        """The whole command line."""
        return [self.program, *arguments, "--root", self.root, "--policies",
                os.path.join(self.directory, "Policies"), "--cache",
                os.path.join(self.directory, "cache"), "--no-progress", "--color", "never"]

    def run(self, arguments, kill_after=None):
        """Runs the program; returns its status and what it printed. With `kill_after`, it
        is killed after so many seconds, unless it has ended: then the status is -9."""
        note = "" if kill_after is None else f"   # killed after {kill_after:.3f} s"
        self.commands.append(f"ec {shlex.join(arguments)}{note}")
        began = time.monotonic()
        with subprocess.Popen(
                self.line(arguments), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, cwd=self.directory,
                env={**os.environ, "TMPDIR": os.path.join(self.directory, "tmp"),
                     "TZ": "UTC"}) as process:
            try:
                printed, _ = process.communicate(timeout=kill_after or 900)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                printed, _ = process.communicate()
        if kill_after is None:
            spent = time.monotonic() - began
            kind = arguments[0]
            self.durations[kind] = 0.7 * self.durations.get(kind, spent) + 0.3 * spent
        self.commands[-1] += f"   # {process.returncode}"
        return process.returncode, printed

    def moment(self, kind, chance):
        """Seconds after which a command of this kind is somewhere in its work."""
        return chance.uniform(0, 1.1 * self.durations.get(kind, 0.2))

    # ------------------------------------------------------------------- input

    def write_policy(self, model, keeps):
        """The policy of the stream, as `model` has it."""
        arches, keys = model.arches, model.keys
        dropped = "".join(f'\n  {arch}: "7.{minor}"' for arch, minor in model.dropped.items())
        dropped = dropped and f"\ndroppedArches:{dropped}"
        for key in keys:
            with open(os.path.join(self.root, "etc/pki", key), "w", encoding="utf-8") as stream:
                stream.write(self.press.key(key).public())
        months = [(order, 12 * 2019 + 6 * order) for order in range(1, 90)]
        calendar = "\n".join(
            f'  "7.{order}": {month // 12}-{month % 12 + 1:02}-01' for order, month in months)
        testing = koji = ""
        if model.has_testing:
            testing = '\n  testing: {path: "testing/{release}"}'
            koji = KOJI
        text = f"""\
stream: {STREAM}
major: {MAJOR}
title: Packages of a life
release: {{minorDigits: 2, month: required}}
roots: {{public: /{PUBLIC}, staging: /{STAGING}, archive: /{ARCHIVE}, state: /{STATE}}}
areas:
  releases: {{path: "releases/{{release}}"}}
  updates: {{path: "updates/{{release}}", begins: release, keeps: {keeps}}}{testing}
links:
  releases/7: ../updates/7
  updates/7: "{{release}}"
arches: [{', '.join(arches)}]{dropped}
gate: {{vanish: {model.vanish} %}}
signing:
  keys: [{', '.join('/etc/pki/' + key for key in keys)}]
checks: {{rehearsal: off}}
clocks: {{soak: 1 hours, grace: {GRACE} seconds, endGrace: 30 days}}
{koji}calendar:
{calendar}
"""
        path = os.path.join(self.directory, "Policies", f"{STREAM}.yaml")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        self.commands.append(
            f"# policy: arches {arches}, dropped {model.dropped}, keys {keys}, keeps {keeps}, "
            f"vanish {model.vanish} %, testing {model.has_testing}")

    def build(self, package, number, binaries, is_noarch, requires, retires, key):
        """Makes a build; it is live once it is tagged."""
        self.time += 3600
        build = Build(package, number, binaries, is_noarch, requires, retires, key, self.time)
        self.press.make(build)
        return build

    def tag(self, build, pool=None):
        """Links the RPMs of `build` into the pool, or into another one."""
        for name in build.files:
            os.link(os.path.join(build.directory, name), os.path.join(pool or self.pool, name))
        self.commands.append(
            f"# tagged {'for testers ' if pool else ''}{build.nvr}{' (retires)' if build.retires else ''} {build.binaries} "
            f"{'noarch' if build.is_noarch else 'machines'} requires {build.requires} "
            f"key {build.key}")

    def untag(self, build, pool=None):
        """Takes the RPMs of `build` out of the pool, or out of another one."""
        for name in build.files:
            os.unlink(os.path.join(pool or self.pool, name))
        self.commands.append(f"# untagged {'of testing ' if pool else ''}{build.nvr}")

    # ----------------------------------------------------------------- looking

    def listing(self):
        """Everything below the root, for "nothing has changed"."""
        return listing(self.root)

    def look_at_links(self, model):
        """What every link leads to, beside what clients know; after a kill as well.
        Returns the repositories by link, and the release that all links lead to."""
        public = os.path.join(self.root, PUBLIC)
        if not os.path.lexists(os.path.join(public, LINKS[1])):
            return {}, None
        ends = {os.path.realpath(os.path.join(public, link)) for link in LINKS}
        if len(ends) != 1:
            self.fault(f"the links lead to {sorted(ends)}")
        for end in ends:
            if not os.path.isdir(end):
                self.fault(f"a link leads to {end}, which is not there")
        self.require()
        now = time.time()
        release = os.path.basename(next(iter(ends)))
        # Architectures that are only kept, since when.
        kept = model.releases[release].carried if release in model.releases else {}
        found = {known.link: known.look(now, kept) for known in self.addresses}
        for known in self.addresses:
            known.check_files(now)
        self.testers.look(now, model)
        return found, release

    def check_trees(self, model, deep):
        """Every tree of every release, in each of its places: what it lists is what the
        model says. Archived trees only if `deep`: there, nothing changes."""
        for place, top in ROOTS.items():
            for area in ("releases", "updates", "testing"):
                parent = os.path.join(self.root, top, area)
                wanted = {r.name for r in model.releases.values() if place in r.places
                          and (area != "testing" or r.tested is not None)}
                there = set(os.listdir(parent)) if os.path.isdir(parent) else set()
                there -= {"7"}
                if there != wanted:
                    self.fault(f"{parent} has {sorted(there)}, not {sorted(wanted)}")
        self.require()
        for release in model.releases.values():
            for place in sorted(release.places):
                if place == "archive" and not deep:
                    continue
                trees = {"releases": release.cut, "updates": release.listed}
                if release.tested is not None:
                    trees["testing"] = release.tested.values()
                for area, builds in trees.items():
                    self._check_tree(
                        os.path.join(self.root, ROOTS[place], area, release.name), release, builds)

    def _check_tree(self, tree, release, builds):
        arches = release.arches
        wanted = {f"Everything/{arch}": arch for arch in arches}
        wanted["Everything/source/tree"] = "src"
        wanted.update((f"Everything/{arch}/debug", None) for arch in arches)
        found = set(self.disk.repositories(tree))
        # The last of an architecture that was dropped: clients know whether it must be there.
        found -= {f"Everything/{arch}{end}" for arch in release.carried for end in ("", "/debug")}
        if found != set(wanted):
            self.fault(f"{tree} has the repositories {sorted(found)}, not {sorted(wanted)}")
        for path, arch in wanted.items():
            repository = self.disk.repository(os.path.join(tree, path))
            if repository is None:
                continue
            files = {} if arch is None else {
                name: build.files[name] for build in builds for name in build.names(arch)}
            listed = {os.path.basename(p.location): p.checksum for p in repository.packages}
            if len(listed) != len(repository.packages):
                self.fault(f"{tree}/{path} lists a file twice")
            for name in sorted(files.keys() - listed.keys()):
                self.fault(f"{tree}/{path} does not list {name}")
            for name in sorted(listed.keys() - files.keys()):
                self.fault(f"{tree}/{path} lists {name}, which should not be there")
            for name in sorted(files.keys() & listed.keys()):
                if listed[name] != files[name]:
                    self.fault(f"{tree}/{path} lists other bytes as {name}")
            self.testers.check_copies(os.path.join(tree, path), repository, builds)
        self.disk.check_manifest(tree)

    def check_states(self, model):
        """The ledger says the same of every release."""
        found = states(os.path.join(self.root, STATE, f"{STREAM}.sqlite")) or {}
        wanted = {r.name: r.state for r in model.releases.values()}
        if found != wanted:
            self.fault(f"the ledger has {found}, not {wanted}")

    def ask_closure(self, moment, release, model):
        """Lets dnf resolve what users get."""
        for arch in release.arches:
            path = os.path.join(self.root, PUBLIC, LINKS[1], "Everything", arch)
            self.closure.ask(moment, path, arch, model.unresolved_files(release.listed, arch))
