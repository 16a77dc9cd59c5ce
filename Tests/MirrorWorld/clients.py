"""Real clients, each with a root of its own: dnf and zypper."""
import glob
import os
import shutil
import subprocess

from primary import ARCH, REPOSITORIES
from responder import timestamp


class Dnf:
    """dnf with a cache that lasts for ever: it asks anew only where it is told to.

    source  `baseurl=URL` or `metalink=URL`
    """

    def __init__(self, world, name, source):
        self.world = world
        self.name = name
        self.top = os.path.join(world.directory, "clients", name)
        self.newest = 0
        os.makedirs(os.path.join(self.top, "home"))
        lines = ["[main]", "reposdir=/dev/null", "gpgcheck=0", "plugins=0", "retries=1",
                 "metadata_expire=-1", "install_weak_deps=0", "keepcache=0",
                 f"installroot={self.top}/root", "[epel]", "name=epel", source]
        lines[1:1] = [f"{key}={self.top}/{key}" for key in ("cachedir", "persistdir", "logdir")]
        with open(os.path.join(self.top, "dnf.conf"), "w", encoding="utf-8") as stream:
            stream.write("\n".join(lines) + "\n")

    def run(self, *arguments):
        """Runs dnf; it must succeed, and must not get anything older than before."""
        done = subprocess.run(
            ["dnf", "-y", "-q", f"--config={self.top}/dnf.conf", "--releasever=7",
             f"--forcearch={ARCH}", *arguments],
            env={**os.environ, "HOME": f"{self.top}/home", "LC_ALL": "C.UTF-8"},
            capture_output=True, text=True, check=False, timeout=120)
        self.world.count("dnf")
        if done.returncode != 0:
            self.world.fault("client", f"{self.name}: dnf {' '.join(arguments)}: "
                             + (done.stdout + done.stderr).strip()[-600:])
        for path in glob.glob(f"{self.top}/cachedir/epel-*/repodata/repomd.xml"):
            with open(path, "rb") as stream:
                now = timestamp(stream.read())
            if now < self.newest:
                self.world.fault("older", f"{self.name}: {self.newest} became {now}")
            self.newest = max(self.newest, now)
        return done.returncode == 0

    def close(self):
        """Removes what it has installed."""
        shutil.rmtree(self.top, ignore_errors=True)


def base(mirror, link):
    """The line of a .repo file that names a mirror by one of the links."""
    return f"baseurl={mirror.url}/epel/{link}/{REPOSITORIES[0]}"


def metalink(world, name):
    """The line of a .repo file that lets MirrorManager choose."""
    return f"metalink={world.responder.url}?repo={name}&arch={ARCH}"


class Zypper:
    """zypper, by base URL."""

    def __init__(self, world, name, url):
        self.world = world
        self.name = name
        self.root = os.path.join(world.directory, "clients", name)
        os.makedirs(self.root)
        self.run("addrepo", "--type", "rpm-md", url, "epel")

    def run(self, *arguments):
        """Runs zypper; it must succeed."""
        done = subprocess.run(
            ["zypper", "--root", self.root, "--non-interactive", "--no-gpg-checks", *arguments],
            capture_output=True, text=True, check=False, timeout=120,
            env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.world.count("zypper")
        if done.returncode != 0:
            self.world.fault("client", f"{self.name}: zypper {' '.join(arguments)}: "
                             + (done.stdout + done.stderr).strip()[-600:])
