"""The cases: what epel-compose does, beside what people do today."""

import functools
import os
import shutil
import subprocess
import sys

from bench_collections import (ARCH, ARCHES, FIRST, HERE, SECOND, Collections, Roots, copy,
                               hard_links, repodata_exists)
from bench_table import Row
from bench_timing import Failed, Skipped, command, contest, run, run_once

REPOSITORIES = (*ARCHES, "SRPMS")
PUSHED = 20  # builds
TREES = tuple(f"{area}/{FIRST}" for area in ("releases", "updates"))
WORKERS = (), ("--workers", "1"), ("--workers", "2"), ("--workers", "4")
PLAIN = ("createrepo_c", "--quiet", "--no-database")
# What createrepo_c calls the forms, by the suffix of their files.
SUFFIXES = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zstd"}


def createrepo(options, repository):
    return command(*options, repository)


def needs(program, package):
    if not shutil.which(program):
        raise Skipped(f"{program} is not there (Debian package {package})")


class Bench:
    """The programs, what they work on, and what has been measured."""

    def __init__(self, program, parts, scratch, options):
        self.program, self.parts, self.scratch, self.options = program, parts, scratch, options
        self.collections = Collections(scratch)
        self.roots = Roots(program, parts, scratch, self.collections)
        self.rows, self.figures, self.points, self.pushes = [], [], [], []
        self.skipped = {}
        self.trials = {}  # of createrepo_c's settings, by what it was to do

    # -------------------------------------------------------------- materials

    @property
    def pool(self):
        return self.collections.first(self.options.packages)

    @property
    def next_pool(self):
        return self.collections.following(self.pool)

    def metadata(self, repository, *options):
        """Ours, in the form that createrepo_c writes by default."""
        return command(self.parts, "metadata", repository, "--changelogs", "10",
                       "--compression", "gz", *options)

    @functools.cache
    def cache(self, repository):
        """The header cache after our metadata of a repository."""
        cache, copied = self.scratch.fresh(), self.scratch.fresh()
        os.mkdir(cache)
        hard_links(repository, copied)
        run(self.metadata(copied, "--cache", cache))
        return cache

    @functools.cache
    def repodata(self, repository, *options):
        """What createrepo_c makes of a repository."""
        copied = self.scratch.fresh()
        hard_links(repository, copied)
        run(createrepo(options, copied))
        return f"{copied}/repodata"

    @functools.cache
    def database_compression(self, repository):
        """How ours compresses databases; the peer gets the same to do."""
        copied = self.scratch.fresh()
        hard_links(repository, copied)
        run(self.metadata(copied, "--databases"))
        for name in os.listdir(f"{copied}/repodata"):
            stem, suffix = os.path.splitext(name)
            if stem.endswith(".sqlite") and suffix in SUFFIXES:
                return SUFFIXES[suffix]
        raise Failed("metadata --databases wrote no compressed database")

    def fastest(self, name, options, prepare):
        """createrepo_c's words with the number of workers that is best for this work; each is
        tried once. prepare makes what it works on in a directory."""
        if name not in self.trials:
            trials = self.trials[name] = {}
            for workers in WORKERS:
                def prepared(directory, words=(*options, *workers)):
                    prepare(directory)
                    return [createrepo(words, directory)]
                trials[(*options, *workers)] = run_once(self.scratch, prepared)[1].seconds
        return min(self.trials[name], key=self.trials[name].get)

    def same(self, what):
        """A comparison of what both made; a program of its own, for it needs memory."""
        return lambda ours, peer: run(
            command(sys.executable, "-B", f"{HERE}/bench_same.py", what, ours, peer))

    def compete(self, case, ours, peer, label, verify=None, rounds=None, **targets):
        rounds = contest(self.scratch, ours, peer, rounds or self.options.runs, verify)
        return Row(case, label, rounds, **targets)

    # -------------------------------------------------------------- metadata

    def contest_cold(self, case, pool, setting="cold", rounds=None, **targets):
        """Metadata of one repository, from nothing."""
        repository = f"{pool}/{ARCH}"
        words = self.fastest(setting, PLAIN, lambda directory: hard_links(repository, directory))

        def ours(directory):
            hard_links(repository, directory)
            return [self.metadata(directory)]

        def peer(directory):
            hard_links(repository, directory)
            return [createrepo(words, directory)]

        return self.compete(case, ours, peer, " ".join(words), self.same("documents"), rounds,
                            **targets)

    def contest_next(self, case, pool, databases=False, rounds=None, **targets):
        """Metadata of one repository of the next release. Ours has its cache, the peer the
        metadata of the release before."""
        before = f"{pool}/{ARCH}"
        repository = f"{self.collections.following(pool)}/{ARCH}"
        cache = self.cache(before)
        plain, options, verify = PLAIN, (), "documents"
        if databases:
            form = self.database_compression(before)
            plain = ("createrepo_c", "--quiet", "--database", "--compress-type", form)
            options, verify = ("--databases",), "databases"
        repodata = self.repodata(before, *plain)

        def ours(directory):
            hard_links(repository, directory)
            copy(cache, f"{directory}.cache")
            # Each link changed the files' ctime; the program's own links it would know of.
            run(command(self.parts, "note", directory, "--cache", f"{directory}.cache"))
            return [self.metadata(directory, "--cache", f"{directory}.cache", *options)]

        def prepare_peer(directory):
            hard_links(repository, directory)
            copy(repodata, f"{directory}/repodata")

        words = self.fastest("next-databases" if databases else "next", (*plain, "--update"),
                             prepare_peer)

        def peer(directory):
            prepare_peer(directory)
            return [createrepo(words, directory)]

        return self.compete(case, ours, peer, " ".join(words), self.same(verify), rounds,
                            **targets)

    def cold(self):
        self.rows.append(self.contest_cold("cold", self.pool, target=2))

    def cold_large(self):
        """RPMs as large as real ones. All of them are some gigabytes: a tenth unless the size
        of a payload was asked for."""
        packages, payload = self.options.packages, self.options.payload_kb
        if not payload:
            packages, payload = max(1, packages // 10), 60
        pool = self.collections.first(packages, "--arches", ARCH, "--no-srpm",
                                      "--payload-kb", payload)
        self.rows.append(self.contest_cold("cold-large", pool, setting="cold-large", target=2))

    def next(self):
        self.rows.append(self.contest_next("next", self.pool, target=10, memory=True))

    def next_databases(self):
        self.rows.append(self.contest_next("next-databases", self.pool, databases=True, target=5))

    # -------------------------------------------------------------- trees

    def by_hand(self, directory):
        """How the next release is composed without us: hard links, the metadata of the release
        before brought up to date, the second tree as hard links of the first."""
        update = self.fastest("next", (*PLAIN, "--update"), self.prepare_update)
        os.mkdir(directory)
        os.mkdir(f"{directory}/releases")
        commands = []
        for name in REPOSITORIES:
            repository = f"{directory}/releases/{name}"
            commands += [
                command("cp", "-al", f"{self.next_pool}/{name}", repository),
                command("cp", "-a", self.repodata(f"{self.pool}/{name}", *PLAIN),
                        f"{repository}/repodata"),
                createrepo(update, repository)]
        return commands + [
            command("cp", "-al", f"{directory}/releases", f"{directory}/updates"),
            command("sync", "-f", directory)]

    def prepare_update(self, directory):
        self.link_beside(f"{self.next_pool}/{ARCH}", f"{self.pool}/{ARCH}", directory)

    def link_beside(self, repository, former, directory):
        """Hard links of a repository, with the metadata of a former one beside them."""
        hard_links(repository, directory)
        copy(self.repodata(former, *PLAIN), f"{directory}/repodata")

    def updating(self, pool):
        """The words that bring metadata up to date, once that of a collection is made."""
        for name in REPOSITORIES:
            self.repodata(f"{pool}/{name}", *PLAIN)
        return self.fastest("next", (*PLAIN, "--update"), self.prepare_update)

    def contest_compose(self, case, policies, target=None):
        prepared = self.roots.current(self.pool)
        update = self.updating(self.pool)

        def ours(directory):
            self.roots.copy(prepared, directory)
            return [self.roots.epel_compose(
                directory, "compose", SECOND, "--rpms", self.next_pool, "--allow-unsigned",
                policies=policies, statuses=(0, 2) if policies == "checked" else (0,))]

        def verify(directory, _):
            """Checks may find something, but there have to be trees."""
            repodata_exists(f"{directory}/root/pub/alt/epel/updates/{SECOND}/Everything/{ARCH}")

        label = f"cp -al, cp -a repodata, {' '.join(update)}, cp -al, sync -f"
        self.rows.append(self.compete(case, ours, self.by_hand, label, verify, target=target))

    def compose_next(self):
        self.contest_compose("compose-next", "unchecked", target=5)

    def compose_next_checked(self):
        self.contest_compose("compose-next-checked", "checked")

    def contest_push(self, case, pool, rounds=None, **targets):
        """Builds that are pushed into the current release, all checks but the clients' included.
        The peer only brings the metadata of the same repositories up to date."""
        pushed, builds = self.collections.pushed(pool, self.collections.following(pool), PUSHED)
        prepared = self.roots.judged(pool)
        update = self.updating(pool)

        def ours(directory):
            self.roots.copy(prepared, directory)
            return [self.roots.epel_compose(
                directory, "update", "7", "--rpms", pushed, "--allow-unsigned",
                policies="unrehearsed")]

        def peer(directory):
            os.mkdir(directory)
            for name in REPOSITORIES:
                self.link_beside(f"{pool}/{name}", f"{pool}/{name}", f"{directory}/{name}")
            for build in os.listdir(pushed):
                for rpm in os.listdir(f"{pushed}/{build}"):
                    for name in REPOSITORIES:
                        if is_listed(rpm, name):
                            os.link(f"{pushed}/{build}/{rpm}", f"{directory}/{name}/{rpm}")
            return [createrepo(update, f"{directory}/{name}") for name in REPOSITORIES]

        label = f"{' '.join(update)}, {len(REPOSITORIES)} repositories, {builds} builds"
        return self.compete(case, ours, peer, label, None, rounds, **targets)

    def push(self):
        self.rows.append(self.contest_push("push", self.pool, target=5))

    def link(self):
        def ours(directory):
            return [command(self.parts, "link", self.pool, directory)]

        def peer(directory):
            return [command("cp", "-al", self.pool, directory), command("sync", "-f", directory)]

        self.rows.append(self.compete("link", ours, peer, "cp -al, sync -f", self.same("links"),
                                      target=1))

    # -------------------------------------------------------------- archive

    def contest_archive(self, case, mount=lambda directory: None):
        needs("rsync", "rsync")
        prepared = self.roots.superseded(self.pool)

        def ours(directory):
            self.roots.copy(prepared, directory)
            mount(f"{directory}/root/pub/archives")
            return [self.roots.epel_compose(directory, "archive", FIRST)]

        def peer(directory):
            self.roots.copy(prepared, directory)
            public, archive = (f"{directory}/root/pub/{name}" for name in ("epel", "archives"))
            mount(archive)
            os.makedirs(archive, exist_ok=True)
            return [command("rsync", "-aHR", *TREES, f"{archive}/", directory=public)] + [
                command("sha256sum", "--quiet", "-c", "MANIFEST.sha256",
                        directory=f"{root}/{tree}")
                for tree in TREES for root in (public, archive)]

        self.rows.append(self.compete(
            case, ours, peer, "rsync -aH, sha256sum -c of source and copy", target=2))

    def archive(self):
        self.contest_archive("archive")

    def archive_across(self):
        """The archive is another file system, in memory."""
        needs("rsync", "rsync")
        if os.geteuid():
            raise Skipped("only root can mount a tmpfs")
        trees = [f"{self.roots.superseded(self.pool)}/root/pub/epel/{tree}" for tree in TREES]
        disk = subprocess.run(["du", "-sck", *trees], check=True, capture_output=True, text=True)
        kib = int(disk.stdout.splitlines()[-1].split()[0]) * 5 // 4 + 64 * 1024
        if 2 * kib > available_memory():
            raise Skipped(f"a tmpfs of {kib // 1024} MiB does not fit into the memory")
        try:
            self.scratch.mount(self.scratch.fresh(), kib)
        except Failed as error:
            raise Skipped(f"no tmpfs can be mounted: {error}") from None
        self.scratch.unmount()
        self.contest_archive("archive-across", lambda directory: self.scratch.mount(directory, kib))


def is_listed(rpm, repository):
    """Whether an RPM of this file name belongs into the repository."""
    arch = rpm.split(".")[-2]
    return arch in ("src", "nosrc") if repository == "SRPMS" else arch in ("noarch", repository)


def available_memory():
    """In KiB."""
    with open("/proc/meminfo", encoding="utf-8") as stream:
        return next(int(line.split()[1]) for line in stream if line.startswith("MemAvailable"))
