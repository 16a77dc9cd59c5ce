"""Builds of a life: small signed RPMs, written directly, so that thousands cost little."""
import copy
import hashlib
import os
import random
import sys
import types

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Benchmarks"))
import make_epel as epel  # noqa: E402

DIST = ".el7"
MACHINES = ("x86_64", "aarch64")
# Builds are of 2019: releases never order by a clock, and none is of the future.
FIRST_TIME = 1546300800


class Build:
    """A build of a source package, as the build system knows it.

    number   its version: 1, 2, …; higher is newer
    requires names of binary packages, with the least number that will do
    """

    def __init__(self, package, number, binaries, is_noarch, requires, retires, key, time):
        self.package = package
        self.number = number
        self.binaries = binaries
        self.is_noarch = is_noarch
        self.requires = requires
        self.retires = retires
        self.key = key
        self.time = time
        # SHA-256 of each file, by name.
        self.files = {}
        # Where they are, below the store.
        self.directory = None

    @property
    def nvr(self):
        return f"{self.package}-{self.number}.0-1{DIST}"

    def names(self, repository_arch):
        """Names of the files that a repository of this architecture has."""
        if repository_arch == "src":
            return [f"{self.nvr}.src.rpm"]
        arch = "noarch" if self.is_noarch else repository_arch
        return [f"{name}-{self.number}.0-1{DIST}.{arch}.rpm" for name in self.binaries]

    def __repr__(self):
        return self.nvr


class Press:
    """Writes the RPMs of builds into a directory of their own each.

    bulk  bytes that each RPM has besides, which no compression makes smaller
    """

    def __init__(self, store, seed, bulk=0):
        self.store = store
        self.bulk = bulk
        os.makedirs(store)
        self.seed = seed
        self.keys = {}
        self.options = types.SimpleNamespace(compressor="gzip", level=6)

    def key(self, name):
        """A signing key, made when it is first asked for: test data, no secret."""
        if name is None:
            return None
        if name not in self.keys:
            # Small: it is made anew in each life, and nobody shall trust it.
            self.keys[name] = epel.SigningKey(f"{self.seed}-{name}", 2048)
        return self.keys[name]

    def make(self, build):
        """Writes all RPMs of `build`, in a new directory."""
        directory = os.path.join(self.store, f"{len(os.listdir(self.store))}-{build.nvr}")
        os.makedirs(directory)
        build.directory = directory
        archs = ["noarch"] if build.is_noarch else MACHINES
        for arch in archs:
            for name in build.binaries:
                self._write(directory, build, name, arch)
        self._write(directory, build, build.package, "src")

    def sign_anew(self, build, key):
        """The same build with other signatures, and so other bytes."""
        anew = copy.copy(build)
        anew.key, anew.files = key, {}
        self.make(anew)
        return anew

    def _write(self, directory, build, name, arch):
        is_source = arch == "src"
        evr = f"{build.number}.0-1{DIST}"
        equal, at_least = epel.EQ, epel.GT | epel.EQ
        facts = {
            "name": name, "version": f"{build.number}.0", "release": f"1{DIST}", "epoch": None,
            "summary": f"Package {name}", "description": f"Package {name} of a life.",
            "buildtime": build.time, "buildhost": "builder.example", "license": "MIT",
            "group": "Unspecified", "url": f"https://example.invalid/{name}",
            "arch": MACHINES[0] if is_source else arch, "sourcerpm": f"{build.nvr}.src.rpm",
            "changelog": [(build.time - 43200, "Ann <ann@example.invalid>", f"- {evr}")],
            "provides": [] if is_source else [(name, equal, evr)],
            "requires": [] if is_source or name != build.binaries[0] else [
                (wanted, at_least, f"{number}.0") if number else (wanted, 0, "")
                for wanted, number in build.requires],
        }
        facts.update(
            (key, []) for key in
            ("obsoletes", "conflicts", "recommends", "suggests", "supplements", "enhances"))
        files = [epel.File(f"{build.package}.spec" if is_source else f"/usr/share/{name}/data.txt",
                           flags=epel.F_SPEC if is_source else 0)]
        files[0].data = f"{name} {evr}\n".encode()
        if self.bulk:
            files[0].data += random.Random(f"{self.seed} {name} {evr} {arch}").randbytes(self.bulk)
        if build.retires and not is_source and name == build.binaries[0]:
            marker = epel.File(f"/usr/share/doc/{name}/README-RETIRED.txt", flags=epel.F_DOC)
            marker.data = f"{build.package} has come to its end.\n".encode()
            files.append(marker)
        file_name = f"{name}-{evr}.{arch}.rpm"
        _, checksum = epel.write_rpm(
            os.path.join(directory, file_name), self.options, self.key(build.key), facts, files,
            source=is_source)
        build.files[file_name] = checksum


def digest(path):
    """SHA-256 of a file, in hexadecimal digits."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
