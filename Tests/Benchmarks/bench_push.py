"""Puts RPMs of builds that only the newer of two collections has into a directory.

    bench_push.py OLD NEW BUILDS TARGET

BUILDS is how many; TARGET gets one directory for each. Left out are the stand-ins for RHEL
and what is retired.
"""

import json
import os
import sys


def builds_of(collection):
    with open(f"{collection}/builds.json", encoding="utf-8") as stream:
        return json.load(stream)["builds"]


def main():
    old, new, count, target = sys.argv[1:]
    known = {build["nvr"] for build in builds_of(old)}
    builds = [build for build in builds_of(new)
              if build["nvr"] not in known and not build["base"] and not build["retired"]]
    for build in sorted(builds, key=lambda build: build["nvr"])[:int(count)]:
        directory = f"{target}/{build['nvr']}"
        os.makedirs(directory)
        for rpm in build["rpms"]:
            os.link(f"{new}/{rpm['path']}", f"{directory}/{os.path.basename(rpm['path'])}")
    if not builds:
        sys.exit(f"{new} has no build that is not in {old}")


if __name__ == "__main__":
    main()
