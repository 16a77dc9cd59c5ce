"""The primary mirror: a root that the program works in, and an rsync daemon over it."""
import json
import os
import re
import subprocess
import sys
import time

import faults
import filelists

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Life"))
from builds import FIRST_TIME, Build, Press  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
MAJOR, ARCH = "7", "x86_64"
# Directory below /pub of each rsync module that has lists.
MODULES = {"epel": "epel", "archives": "archives"}
LINKS = ("releases/7", "updates/7")
REPOSITORIES = (f"Everything/{ARCH}", f"Everything/{ARCH}/debug", "Everything/source/tree")
# What each RPM has of bytes that cannot be compressed.
BULK = 12000

POLICY = """\
stream: epel-7
major: 7
title: Packages of a world of mirrors
release: {{minorDigits: 2, month: required}}
roots: {{public: /pub/epel, staging: /pub/alt/epel, archive: /pub/archives/epel, state: /var/lib/epel-compose}}
areas:
  releases: {{path: "releases/{{release}}"}}
  updates: {{path: "updates/{{release}}", begins: release}}
links:
  releases/7: ../updates/7
  updates/7: "{{release}}"
arches: [x86_64]
gate: {{vanish: 100 %}}
checks: {{rehearsal: off, upgrade-path: warn}}
clocks: {{soak: 0 seconds, grace: {grace}}}
calendar: {{"7.5": 2018-04-01, "7.6": 2019-03-01, "7.7": 2019-08-01, "7.8": 2020-04-01}}
"""
MIRRORS = """\
mirrors:
  modules:
    - {{name: epel, path: /pub/epel}}
    - {{name: archives, path: /pub/archives}}
  feed: true
  names:
    clients: ["epel-{{kind}}{{major}}"]
    updates: "epel-{{kind}}{{release}}"
    releases: "epel-release-{{kind}}{{release}}"
  metalink: {metalink}
  minimum: 3
"""


class Primary:
    """Runs commands of the program, and serves what they make by rsync.

    telling  "program": the program tells mirrors by itself; "lists": the lists are
             written here, for a program that does not; "off": nobody tells them any more
    """

    def __init__(self, world, program, telling):
        self.world = world
        self.program = os.path.abspath(program)
        self.telling = telling
        self.root = os.path.join(world.directory, "primary")
        self.pub = os.path.join(self.root, "pub")
        self.pool = os.path.join(world.directory, "pool")
        self.policies = os.path.join(world.directory, "Policies")
        for path in (self.pub, self.pool, self.policies, os.path.join(world.directory, "tmp")):
            os.makedirs(path)
        os.symlink(os.path.join(HERE, "..", "..", "Templates"),
                   os.path.join(world.directory, "Templates"))
        for directory in MODULES.values():
            os.makedirs(os.path.join(self.pub, directory))
        self.press = Press(os.path.join(world.directory, "store"), world.seed, BULK)
        self.numbers = {}
        self.time = FIRST_TIME
        self.write_policy("14 days")
        self.daemon, self.port = None, None
        # Each list of epel that the world has seen, by the feed's serial.
        self.serials = {}

    # ------------------------------------------------------------------ input

    def silence(self):
        """From now on nobody tells mirrors."""
        self.telling = "off"
        self.write_policy("14 days")

    def write_policy(self, grace):
        """Writes the policy, with this grace time."""
        text = POLICY.format(grace=grace)
        if self.telling == "program":
            text += MIRRORS.format(metalink=self.world.responder.url)
        with open(os.path.join(self.policies, "epel-7.yaml"), "w", encoding="utf-8") as stream:
            stream.write(text)

    def build(self, package, noarch=False):
        """A new build of a package, ready to be pushed: two binary packages."""
        number = self.numbers[package] = self.numbers.get(package, 0) + 1
        self.time += 3600
        build = Build(package, number, [package, f"{package}-tools"], noarch, [], False, None,
                      self.time)
        self.press.make(build)
        for name in build.files:
            if ".aarch64." not in name:
                os.link(os.path.join(build.directory, name), os.path.join(self.pool, name))
        return build

    def untag(self, build):
        """The build is not live any more."""
        for name in build.files:
            path = os.path.join(self.pool, name)
            if os.path.exists(path):
                os.unlink(path)

    # --------------------------------------------------------------- commands

    def run(self, *arguments, status=0, quiet=False):
        """Runs the program; returns what it printed. It must end with `status`.

        quiet  it is no part of the story
        """
        line = [self.program, *arguments, "--root", self.root, "--policies", self.policies,
                "--cache", os.path.join(self.world.directory, "cache"), "--no-progress",
                "--color", "never"]
        done = subprocess.run(
            line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, check=False, timeout=300, cwd=self.world.directory,
            env={**os.environ, "TMPDIR": os.path.join(self.world.directory, "tmp"), "TZ": "UTC"})
        if not quiet:
            self.world.say_command(arguments, done)
        if done.returncode != status:
            raise faults.Broken(
                f"epel-compose {' '.join(arguments)} ended with {done.returncode}, not {status}:\n"
                + done.stdout)
        return done.stdout

    def knows(self, *command):
        """Whether the program has this command."""
        done = subprocess.run(
            [self.program, *command, "--help"], capture_output=True, text=True, check=False)
        return f"USAGE: epel-compose {' '.join(command)} " in done.stdout

    def redirects(self, release, occasion):
        """What the hand-over changes at MirrorManager: where names of clients lead."""
        if not self.knows("mirrors", "handover"):
            return {f"epel-{MAJOR}": f"epel-{release}"}
        printed = self.run("mirrors", "handover", release, "--for", occasion)
        rows = re.search(
            r"INSERT INTO repository_redirect .*?VALUES(.*?)ON CONFLICT", printed, re.S)
        found = dict(re.findall(r"\('([^']+)', '([^']+)'\)", rows[1])) if rows else {}
        if found.get(f"epel-{MAJOR}") != f"epel-{release}":
            raise faults.Broken(f"the hand-over does not lead epel-{MAJOR} to {release}: {printed}")
        return found

    @property
    def handovers(self):
        """Where the program writes what it hands over."""
        return os.path.join(self.root, "var/lib/epel-compose/mirrors/handover")

    def clients_get(self):
        """The release that MirrorManager's clients get, as `mirrors status` finds out."""
        status = json.loads(self.run("mirrors", "status", MAJOR, "--format", "json"))
        return {client["leadsTo"] for client in status["streams"][0]["clients"]
                if client["name"] == f"epel-{MAJOR}" and client["arch"] == ARCH}

    def tell(self):
        """What follows a command that changed public trees: lists, where the program does
        not write them itself. Then notes what the lists say."""
        if self.telling == "lists":
            for link in LINKS:
                path = os.path.join(self.pub, "epel", link)
                leads = os.path.lexists(path) and os.readlink(path)
                if leads and leads != self.serials.get(link):
                    self.serials[link] = leads
                    later = time.time() + 120
                    os.utime(path, (later, later), follow_symlinks=False)
            for module, directory in MODULES.items():
                top = os.path.join(self.pub, directory)
                filelists.write(top, module, filelists.scan(top, module))
        if self.telling == "program":
            self.check_lists()

    def check_lists(self):
        """The program's lists say what a scan of the trees finds."""
        for module, directory in MODULES.items():
            top = os.path.join(self.pub, directory)
            try:
                rows, _ = filelists.read(os.path.join(top, f"fullfiletimelist-{module}"))
            except (OSError, ValueError) as error:
                self.world.fault("lists", f"the list of {module} cannot be read: {error}")
                continue
            found = filelists.scan(top, module)
            for path in sorted(rows.keys() | found.keys()):
                if rows.get(path) != found.get(path):
                    self.world.fault(
                        "lists", f"the list of {module} has {path} as {rows.get(path)}, "
                        f"and it is {found.get(path)}")

    def head(self):
        """Serial of the feed of epel; None where there is no feed."""
        return self.world.head(os.path.join(self.pub, "epel"))

    # ------------------------------------------------------------------ rsync

    def serve(self):
        """Starts the rsync daemon."""
        self.port = self.world.free_port()
        module = "[{name}]\n  path = {path}\n"
        if self.world.options.break_ != "unfinished":
            module += f"  {self.excluded()}\n"
        text = (f"port = {self.port}\naddress = 127.0.0.1\nuse chroot = no\nread only = yes\n"
                f"log file = {self.world.log('rsyncd')}\npid file = {self.root}.pid\n"
                "transfer logging = yes\nlog format = %o %m %f %l\n"
                + self._identity())
        text += module.format(name="fedora-buffet", path=self.pub)
        for name, directory in MODULES.items():
            text += module.format(name=name, path=os.path.join(self.pub, directory))
        path = os.path.join(self.world.directory, "rsyncd.conf")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        self.daemon = self.world.start(
            ["rsync", "--daemon", "--no-detach", f"--config={path}"], self.port)

    @staticmethod
    def excluded():
        """What the shipped snippet keeps away from mirrors."""
        path = os.path.join(HERE, "..", "..", "Templates/mirrors/rsyncd.conf")
        with open(path, encoding="utf-8") as stream:
            return next(line.strip() for line in stream if line.startswith("exclude"))

    @staticmethod
    def _identity():
        return "uid = root\ngid = root\n" if os.geteuid() == 0 else ""

    def module(self, name):
        """URL of an rsync module."""
        return f"rsync://127.0.0.1:{self.port}/{name}"
