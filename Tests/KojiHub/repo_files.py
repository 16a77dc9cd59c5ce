"""The files of a distRepo repository, one arch at a time."""

import errno
import json
import os
import shutil
import subprocess

import layout
from errors import HubError

COMPATIBLE = {
    "i386": ("athlon", "i686", "i586", "i486", "i386", "noarch"),
    "x86_64": ("amd64", "ia32e", "x86_64", "noarch"),
    "armhfp": ("armv7hl", "armv7hnl", "noarch"),
    "src": ("src",),
}
SAME_ARCH = ("aarch64", "ppc64le", "s390x", "riscv64", "ppc", "s390", "ia64")


def canonical(arch):
    if len(arch) == 4 and arch.startswith("i") and arch.endswith("86"):
        return "i386"
    if arch.startswith("arm") and "h" in arch[4:]:
        return "armhfp"
    return arch


def compatible(arch):
    if arch in SAME_ARCH:
        return (arch, "noarch")
    return COMPATIBLE[arch]


def is_debuginfo(name):
    return name.endswith(("-debuginfo", "-debugsource")) or "-debuginfo-" in name


def find(topdir, opts, chosen):
    """{file name: (rpm, key, path)}; all must be there and signed, unless allowed."""
    result, missing, unsigned = {}, [], []
    for rpm, key in chosen:
        if key is None:
            unsigned.append(rpm)
            if opts.get("skip_missing_signatures"):
                continue
        path = layout.rpm_path(topdir, rpm, key or "")
        if os.path.exists(path):
            result[rpm.file] = (rpm, key, path)
        else:
            missing.append(path)
    if missing:
        raise HubError("Packages missing from the filesystem. See missing_files.log.")
    if unsigned and not (opts.get("skip_missing_signatures")
                         or opts.get("allow_missing_signatures")):
        raise HubError("Unsigned packages found. See missing_signatures.log")
    return result


def write(directory, packages, opts, links, check_alive):
    """One arch of a repository. check_alive() raises when nobody wants it any more."""
    listed, debug = [], []
    for name, (rpm, _, path) in packages.items():
        check_alive()
        place = f"Packages/{name[0].lower()}/{name}"
        os.makedirs(os.path.dirname(f"{directory}/{place}"), exist_ok=True)
        link(path, f"{directory}/{place}", links)
        split = opts.get("split_debuginfo") and is_debuginfo(rpm.base["name"])
        (debug if split else listed).append(place)
    with open(f"{directory}/kojipkgs", "w", encoding="utf-8") as stream:
        json.dump({name: {**rpm.base, "sigkey": key, "_pkgpath": path}
                   for name, (rpm, key, path) in packages.items()}, stream, indent=4)
    check_alive()
    make_repodata(directory, listed)
    if debug:
        os.makedirs(f"{directory}/debug")
        make_repodata(f"{directory}/debug", [f"../{place}" for place in debug])
    if not packages:
        with open(f"{directory}/repodata/EMPTY_REPO", "w", encoding="utf-8") as stream:
            stream.write("This repo is empty because its tag has no content "
                         "for this arch\n")


def link(source, target, links):
    if links == "symlink":
        os.symlink(os.path.relpath(source, os.path.dirname(target)), target)
        return
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.copy2(source, target)


def make_repodata(directory, places):
    with open(f"{directory}/pkglist", "w", encoding="utf-8") as stream:
        stream.writelines(f"{place}\n" for place in places)
    done = subprocess.run(
        ["createrepo_c", "--error-exit-val", "-vd", "-i", f"{directory}/pkglist", directory],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise HubError(f"failed to create repo: {done.stderr[-500:]}")
