"""What is measured on: collections of RPMs, repositories, and roots with a release in them."""

import functools
import os
import re
import subprocess
import sys
import tempfile

from bench_timing import Failed, command, run

HERE = os.path.dirname(os.path.abspath(__file__))
ARCHES = ("x86_64", "aarch64", "ppc64le")
ARCH = ARCHES[0]
FIRST, SECOND = "7.06.201903", "7.07.201908"
STATE = "var/lib/epel-compose"
CHECKS = ("metadata", "identity", "signatures", "manifest", "closure", "upgrade-path", "overlap",
          "rehearsal")


class Scratch(str):
    """The directory that all of it happens in."""

    @classmethod
    def make(cls, parent):
        scratch = cls(os.path.abspath(tempfile.mkdtemp(prefix="bench-", dir=parent)))
        scratch.count, scratch.mounts = 0, []
        for name in ("runs", "tmp"):
            os.mkdir(f"{scratch}/{name}")
        # Whatever a command leaves behind goes with the rest.
        os.environ["TMPDIR"] = tempfile.tempdir = f"{scratch}/tmp"
        return scratch

    def fresh(self):
        """A path at which there is nothing yet."""
        self.count += 1
        return f"{self}/runs/{self.count}"

    def mount(self, directory, kib):
        """A file system in memory, until the end of the run."""
        os.makedirs(directory, exist_ok=True)
        run(command("mount", "-t", "tmpfs", "-o", f"size={kib}k,mode=0755", "tmpfs", directory))
        self.mounts.append(directory)

    def unmount(self):
        while self.mounts:
            run(command("umount", self.mounts[-1]))
            self.mounts.pop()

    def remove(self):
        for directory in self.mounts:
            subprocess.run(["umount", "--lazy", directory], check=False)
        subprocess.run(["rm", "-rf", "--one-file-system", self], check=False)


class Collections:
    """Collections of make_epel.py, each made when it is first asked for."""

    def __init__(self, scratch):
        self.scratch = scratch

    def generate(self, *options):
        target = self.scratch.fresh()
        run(command("/usr/bin/python3", f"{HERE}/make_epel.py", *options, "--out", target))
        return target

    @functools.cache
    def first(self, packages, *options):
        """A collection of so many source packages."""
        return self.generate("--packages", packages, "--seed", "bench", *options)

    @functools.cache
    def following(self, collection):
        """The next release: 5 % updated, 1.5 % new, hard links for the rest."""
        return self.generate("--from", collection, "--next", "n1")

    @functools.cache
    def pushed(self, old, new, builds):
        """Of the builds that are new in a collection, so many. The directory of their RPMs, and
        how many there are: a small collection may have less."""
        target = self.scratch.fresh()
        run(command(sys.executable, "-B", f"{HERE}/bench_push.py", old, new, builds, target))
        return target, len(os.listdir(target))


def hard_links(source, target):
    run(command("cp", "-al", source, target))


def copy(source, target):
    run(command("cp", "-a", source, target))


def count_rpms(directory):
    return sum(name.endswith(".rpm") for _, _, names in os.walk(directory) for name in names)


class Roots:
    """Roots for --root, with a header cache beside each; each made when it is first asked for.
    Nothing is measured in them, but in copies."""

    def __init__(self, program, parts, scratch, collections):
        self.program, self.parts = program, parts
        self.scratch, self.collections = scratch, collections
        os.symlink(f"{HERE}/../../Templates", f"{scratch}/Templates")
        self.policies("checked")
        self.policies("unchecked", "checks:\n" + "".join(f"  {name}: off\n" for name in CHECKS))
        self.policies("unrehearsed", "checks:\n  rehearsal: off\n")

    def policies(self, name, more=""):
        """The policy of EPEL 7 for a directory of RPMs without signatures."""
        with open(f"{HERE}/../../Policies/epel-7.yaml", encoding="utf-8") as stream:
            text = stream.read()
        text = re.sub(r"^arches:.*", f"arches: [{', '.join(sorted(ARCHES))}]", text, flags=re.M)
        text = re.sub(r"^(signing|koji):\n(  .*\n)+", "", text, flags=re.M)
        # What is compared with writes none.
        text = text.replace("  databases: true\n", "")
        os.mkdir(f"{self.scratch}/{name}")
        with open(f"{self.scratch}/{name}/epel-7.yaml", "w", encoding="utf-8") as stream:
            stream.write(f"{text}\n{more}")

    def epel_compose(self, home, name, *options, policies="unchecked", statuses=(0,)):
        return command(
            self.program, name, *options, "--quiet", "--policies", f"{self.scratch}/{policies}",
            "--root", f"{home}/root", statuses=statuses, EPEL_COMPOSE_CACHE=f"{home}/cache")

    def copy(self, prepared, home):
        """A copy of a prepared root that shares nothing that the program changes in place."""
        os.mkdir(home)
        hard_links(f"{prepared}/root", f"{home}/root")
        run(command("rm", "-r", f"{home}/root/{STATE}"))
        copy(f"{prepared}/root/{STATE}", f"{home}/root/{STATE}")
        copy(f"{prepared}/cache", f"{home}/cache")
        # These links were not made by the program, which would know of its own. What is new
        # in a pool stays unknown: it is in no tree.
        if os.path.isdir(f"{home}/root/pub"):
            run(command(self.parts, "note", f"{home}/root/pub", "--cache", f"{home}/cache"))

    def derived(self, prepared, *steps):
        home = self.scratch.fresh()
        self.copy(prepared, home)
        for step in steps:
            run(self.epel_compose(home, *step))
        return home

    @functools.cache
    def empty(self):
        home = self.scratch.fresh()
        for name in ("cache", f"root/{STATE}"):
            os.makedirs(f"{home}/{name}")
        return home

    @functools.cache
    def current(self, pool):
        """The first release is current."""
        return self.derived(self.empty(), ("compose", FIRST, "--rpms", pool, "--allow-unsigned"),
                            ("publish", FIRST), ("promote", FIRST, "--skip-soak"))

    @functools.cache
    def judged(self, pool):
        """The same, and its checks have run: so it is whenever something is pushed."""
        home = self.derived(self.current(pool))
        run(self.epel_compose(home, "check", FIRST, policies="unrehearsed"))
        return home

    @functools.cache
    def published(self, pool):
        """The second release is published beside it."""
        following = self.collections.following(pool)
        return self.derived(
            self.current(pool), ("compose", SECOND, "--rpms", following, "--allow-unsigned"),
            ("publish", SECOND))

    @functools.cache
    def superseded(self, pool):
        """The second release is current, the first is superseded."""
        return self.derived(self.published(pool), ("promote", SECOND, "--skip-soak"))


def repodata_exists(tree):
    """Whether a command that found something wrong made its trees all the same."""
    if not os.path.exists(f"{tree}/repodata/repomd.xml"):
        raise Failed(f"no metadata was made below {tree}")
