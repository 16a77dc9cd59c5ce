"""The clients of a world: what each of them does at an event."""
import functools
import gzip
import os
import re

from clients import Dnf, Zypper, base, metalink
from primary import ARCH, LINKS, MAJOR, REPOSITORIES

# How often clients come at an event of a short life; in a long one they always do.
OFTEN, SELDOM = 0.4, 0.15


class Crowd:
    """dnf and zypper: with sessions that began before an event, by base URL and by metalink."""

    def __init__(self, world, packages, pinned):
        self.world = world
        self.packages = packages
        # The release that one client stays with, whatever is current.
        self.pinned_release = pinned
        self.metalink = self.pinned = self.zypper = None
        # By mirror and link.
        self.based = {}

    def comes(self, chance):
        """Whether a client comes this time."""
        return self.world.options.long or self.world.random.random() < chance

    def begin(self, event, flips):
        """Sessions that begin before an event; returns what is done after it, with the
        metadata that was read before. There is always one at a flip."""
        serving = self.world.serving()
        if not serving or not self.world.options.clients or not (flips or self.comes(OFTEN)):
            return []
        mirror, link = self.world.random.choice(serving), self.world.random.choice(LINKS)
        first, second = self.world.random.sample(self.packages, 2)
        client = Dnf(self.world, f"session-{event}-{mirror.name}", base(mirror, link))
        versions = self.versions(mirror, link, first)
        client.run("install", first)
        return [functools.partial(self._go_on, client, first, second, versions)]

    def _go_on(self, client, first, second, versions):
        client.run("install", second)
        if versions > 1:
            client.run("downgrade", first)
            self.world.count("downgrades")
        client.close()

    @staticmethod
    def versions(mirror, link, package):
        """How many versions of a package a mirror's tree lists."""
        repodata = os.path.join(mirror.pub, "epel", link, REPOSITORIES[0], "repodata")
        with open(os.path.join(repodata, "repomd.xml"), encoding="utf-8") as stream:
            name = re.search(r'href="repodata/([^"]*primary\.xml\.gz)"', stream.read())[1]
        with gzip.open(os.path.join(repodata, name), "rt", encoding="utf-8") as stream:
            return len(re.findall(f"<name>{package}</name>", stream.read()))

    def meanwhile(self):
        """What is done while mirrors follow an event: functions."""
        world, serving, work = self.world, self.world.serving(), []
        if not serving or not world.options.clients:
            return work

        def ask(client, *arguments):
            if client in (self.metalink, self.pinned):
                world.count("metalinks by " + ("link" if client is self.metalink else "release"))
            work.append(functools.partial(client.run, *arguments))

        mirror, link = world.random.choice(serving), world.random.choice(LINKS)
        if self.comes(OFTEN):
            client = self.based.get((mirror.name, link))
            if client is None:
                client = self.based[mirror.name, link] = Dnf(
                    world, f"base-{mirror.name}-{link.replace('/', '-')}", base(mirror, link))
                ask(client, "--refresh", "install", self.packages[0])
            else:
                ask(client, "--refresh", "upgrade")
        if self.metalink is None and f"epel-{MAJOR}" in world.responder.redirects:
            self.metalink = Dnf(world, "metalink", metalink(world, f"epel-{MAJOR}"))
            self.pinned = Dnf(world, "pinned", metalink(world, f"epel-{self.pinned_release}"))
            ask(self.metalink, "--refresh", "install", self.packages[1])
            ask(self.pinned, "--refresh", "install", self.packages[2])
        elif self.metalink is not None:
            if self.comes(OFTEN):
                ask(self.metalink, "--refresh", "upgrade")
            if self.comes(SELDOM):
                ask(self.pinned, "--refresh", "upgrade")
        if self.zypper is None:
            self.zypper = Zypper(
                world, "zypper", f"{mirror.url}/epel/{link}/Everything/{ARCH}")
            ask(self.zypper, "install", self.packages[3])
        elif self.comes(SELDOM):
            work.append(self._refresh_zypper)
        return work

    def _refresh_zypper(self):
        self.zypper.run("refresh", "--force")
        self.zypper.run("update")
