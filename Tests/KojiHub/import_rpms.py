#!/usr/bin/python3
"""A seed and a top directory from a directory of RPM files.

    import_rpms.py --rpms DIR --topdir DIR [--tag TAG] [--volume NVR=VOLUME]...
                   [--unsigned-copy] > seed.json

Builds are the groups of RPMs with the same source RPM, all tagged in order of build
time, with the package list to go with it. A signed RPM is linked (or copied) to the
place of its signed copy; --unsigned-copy puts it at the unsigned place, too. An
unsigned RPM has only that. The headers are read by one rpm for all files.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys

FIELDS = ("NAME", "VERSION", "RELEASE", "ARCH", "SOURCERPM", "BUILDTIME",
          "SIGMD5", "RSAHEADER:pgpsig", "DSAHEADER:pgpsig", "SIGPGP:pgpsig",
          "SIGGPG:pgpsig", "EPOCH")
CHUNK = 2000
OWNER = "tibbs"


def read_headers(paths):
    """The fields of each file, in the order of the files."""
    query = "\x1f".join(f"%{{{field}}}" for field in FIELDS) + "\\n"
    rows = []
    for start in range(0, len(paths), CHUNK):
        done = subprocess.run(
            ["rpm", "-qp", "--nosignature", "--nodigest", "--queryformat", query,
             *paths[start:start + CHUNK]],
            check=True, capture_output=True, text=True)
        rows += [line.split("\x1f") for line in done.stdout.splitlines()]
    if len(rows) != len(paths):
        sys.exit(f"rpm described {len(rows)} of {len(paths)} files")
    return [dict(zip(FIELDS, row)) for row in rows]


def key_of(fields):
    """The last eight digits of the key that signed an RPM, or None."""
    for name in FIELDS:
        if name.endswith(":pgpsig") and "Key ID " in fields[name]:
            return fields[name].rpartition("Key ID ")[2].strip()[-8:].lower()
    return None


def describe(path, fields):
    """(source NVR, entry of the seed) of a file."""
    is_source = fields["SOURCERPM"] == "(none)"
    if is_source:
        source = f"{fields['NAME']}-{fields['VERSION']}-{fields['RELEASE']}"
    else:
        source = fields["SOURCERPM"].removesuffix(".src.rpm").removesuffix(".nosrc.rpm")
    key = key_of(fields)
    return source, {
        "name": fields["NAME"],
        "version": fields["VERSION"],
        "release": fields["RELEASE"],
        "epoch": None if fields["EPOCH"] == "(none)" else int(fields["EPOCH"]),
        "arch": "src" if is_source else fields["ARCH"],
        "size": os.path.getsize(path),
        "buildtime": int(fields["BUILDTIME"]),
        "payloadhash": fields["SIGMD5"],
        "sigkeys": [key] if key else [],
    }


def place(path, target, copies):
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.exists(target):
        os.unlink(target)
    try:
        (shutil.copy2 if copies else os.link)(path, target)
    except OSError:
        shutil.copy2(path, target)


def put_in_layout(given, source, volume, path, rpm):
    name, version, release = source.rsplit("-", 2)
    top = given.topdir if volume == "DEFAULT" else f"{given.topdir}/vol/{volume}"
    build = f"{top}/packages/{name}/{version}/{release}"
    file = f"{rpm['arch']}/{rpm['name']}-{rpm['version']}-{rpm['release']}.{rpm['arch']}.rpm"
    for key in rpm["sigkeys"]:
        place(path, f"{build}/data/signed/{key}/{file}", given.copy)
    if given.unsigned_copy or not rpm["sigkeys"]:
        place(path, f"{build}/{file}", given.copy)


def find_rpms(directory):
    paths = []
    for place_of, _, names in os.walk(directory):
        paths += [os.path.join(place_of, name) for name in names if name.endswith(".rpm")]
    return sorted(paths)


def main():
    parser = argparse.ArgumentParser(description="A seed and a topdir from RPM files.")
    parser.add_argument("--rpms", required=True)
    parser.add_argument("--topdir", required=True)
    parser.add_argument("--tag", default="epel7")
    parser.add_argument("--volume", action="append", default=[], metavar="NVR=VOLUME")
    parser.add_argument("--unsigned-copy", action="store_true")
    parser.add_argument("--copy", action="store_true", help="never link")
    given = parser.parse_args()
    volumes = dict(entry.rsplit("=", 1) for entry in given.volume)
    paths = find_rpms(given.rpms)
    builds, seen = {}, set()
    for path, fields in zip(paths, read_headers(paths)):
        source, rpm = describe(path, fields)
        volume = volumes.get(source, "DEFAULT")
        file = (rpm["name"], rpm["version"], rpm["release"], rpm["arch"])
        if file in seen:
            continue
        seen.add(file)
        put_in_layout(given, source, volume, path, rpm)
        name, version, release = source.rsplit("-", 2)
        build = builds.setdefault(source, {
            "name": name, "version": version, "release": release, "epoch": rpm["epoch"],
            "owner": OWNER, "volume": volume, "completion_ts": 0, "rpms": []})
        build["completion_ts"] = max(build["completion_ts"], rpm["buildtime"])
        if rpm["arch"] == "src":
            build["epoch"] = rpm["epoch"]
        build["rpms"].append(rpm)
    order = sorted(builds, key=lambda nvr: (builds[nvr]["completion_ts"], nvr))
    arches = sorted({rpm["arch"] for nvr in order for rpm in builds[nvr]["rpms"]}
                    - {"src", "noarch", "i686"}) or ["x86_64"]
    names = sorted({build["name"] for build in builds.values()})
    json.dump({
        "clock": max([build["completion_ts"] for build in builds.values()], default=1700000000),
        "users": [
            {"name": "releng", "permissions": ["tag", "dist-repo"],
             "principal": "releng@KOJI.TEST", "password": "secret"},
            {"name": OWNER}],
        "tags": [{"name": given.tag, "arches": " ".join(arches)}],
        "packages": [{"tag": given.tag, "package": name, "owner": OWNER} for name in names],
        "builds": [builds[nvr] for nvr in order],
        "tagged": [{"tag": given.tag, "build": nvr} for nvr in order],
    }, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
