"""How many bytes metadata has beside createrepo_c's of the same RPMs, and how many of them
rsync moves after a push."""

import os
import re
import shutil
import subprocess

from bench_collections import ARCH, copy, hard_links
from bench_table import Figure
from bench_timing import Failed, command, run

KINDS = "primary", "filelists", "other"
SUFFIXES = {"gz": "gz", "zstd": "zst", "xz": "xz"}
# Of createrepo_c's bytes.
TARGET = 0.98
# Where createrepo_c knows no zstd (before 1.0), zstd at the level of those that do.
ZSTD = "zstd", "-10", "--quiet", "--force", "--rm"
# What Docs/Performance.md tells mirrors to run; --no-whole-file, for both sides are here.
RSYNC = "rsync", "-a", "--delay-updates", "--delete-delay", "--no-whole-file", "--stats"
# Builds of a push.
PUSH = 20


def documents(repository, suffix):
    """Paths of the three documents."""
    names = os.listdir(f"{repository}/repodata")
    found = [f"{repository}/repodata/{name}" for kind in KINDS for name in names
             if re.fullmatch(rf"(.*-)?{kind}\.xml\.{suffix}", name)]
    if len(found) != len(KINDS):
        raise Failed(f"{repository} has {', '.join(sorted(names))}")
    return found


def total(repository, suffix):
    return sum(os.path.getsize(path) for path in documents(repository, suffix))


def peer_total(bench, repository, form):
    """createrepo_c's bytes, and who wrote them."""
    words = "createrepo_c", "--quiet", "--no-database", "--general-compress-type", form
    copied = bench.scratch.fresh()
    hard_links(repository, copied)
    try:
        run(command(*words, copied))
        return total(copied, SUFFIXES[form]), "createrepo_c"
    except Failed:
        if form != "zstd":
            raise
    shutil.rmtree(f"{copied}/repodata", ignore_errors=True)
    shutil.rmtree(f"{copied}/.repodata", ignore_errors=True)
    run(command(*words[:-1], "gz", copied))
    for path in documents(copied, "gz"):
        run(command("gzip", "-d", path))
        run(command(*ZSTD, path.removesuffix(".gz")))
    return total(copied, "zst"), "zstd -10"


def ours(bench, repository, form):
    """A copy of a repository with our metadata."""
    copied = bench.scratch.fresh()
    hard_links(repository, copied)
    run(command(bench.parts, "metadata", copied, "--changelogs", "10", "--compression", form))
    return copied


def with_builds(bench, repository, count):
    """A repository with builds of the next release besides."""
    pushed, _ = bench.collections.pushed(bench.pool, bench.next_pool, count)
    target = bench.scratch.fresh()
    hard_links(repository, target)
    for build in sorted(os.listdir(pushed)):
        for name in sorted(os.listdir(f"{pushed}/{build}")):
            place = f"{target}/Packages/{name[0].lower()}"
            if name.endswith((f".{ARCH}.rpm", ".noarch.rpm")):
                os.makedirs(place, exist_ok=True)
                os.link(f"{pushed}/{build}/{name}", f"{place}/{name}")
    return target


def moved(repository, former):
    """Bytes of repodata that rsync moves to whoever gives the former documents the new names
    first, and all that it would without."""
    mirror = f"{former}.mirror"
    os.makedirs(f"{mirror}/seed")
    copy(f"{former}/repodata", f"{mirror}/repodata")
    for name in os.listdir(f"{repository}/repodata"):
        for old in os.listdir(f"{former}/repodata"):
            if "-" in name and name.partition("-")[2] == old.partition("-")[2]:
                os.link(f"{mirror}/repodata/{old}", f"{mirror}/seed/{name}")
    done = subprocess.run(
        [*RSYNC, f"--copy-dest={mirror}/seed", f"{repository}/repodata/", f"{mirror}/repodata/"],
        check=True, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    number = {name: int(value.replace(",", "")) for name, value in re.findall(
        r"^(Literal data|Total transferred file size): ([\d,]+)", done.stdout, re.M)}
    return number["Literal data"], number["Total transferred file size"]


def sizes(bench):
    release = f"{bench.pool}/{ARCH}"
    # A year of updates beside what they update.
    updates = with_builds(bench, release, 1_000_000)
    pushed = with_builds(bench, release, PUSH)
    for form, suffix in SUFFIXES.items():
        for area, repository in ("releases", release), ("updates", updates):
            theirs, peer = peer_total(bench, repository, form)
            made = ours(bench, repository, form)
            bench.figures.append(Figure(
                f"bytes as {form}, {area}, of {peer}'s", total(made, suffix) / theirs, "",
                below=TARGET))
        literal, whole = moved(ours(bench, pushed, form), ours(bench, release, form))
        bench.figures.append(Figure(
            f"rsync of {form} after a push of {PUSH} builds: moved of {whole:,} bytes",
            literal / whole, ""))
