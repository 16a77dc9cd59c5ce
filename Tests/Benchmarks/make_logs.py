#!/usr/bin/python3
"""Writes access logs of a day, as proxies of a mirror list and its downloads have them.

usage: make_logs.py DIRECTORY [--servers N] [--lines N] [--seed N] [--xz]

One file for each server, DIRECTORY/NAME-access.log (with --xz, .xz), combined format, in
the order of time; the same seed gives the same bytes. Most requests are for metalinks, by
few agents from many addresses; a few are RPMs, missing files and errors.
"""

import argparse
import pathlib
import random
import subprocess

AGENTS = [
    (40, "libdnf (CentOS Linux 8; generic; Linux.x86_64)"),
    (20, "urlgrabber/3.10 yum/3.4.3"),
    (12, "libdnf (Fedora 31; server; Linux.x86_64)"),
    (8, "dnf/4.2.7"),
    (6, "PackageKit-hawkey"),
    (5, "libdnf (Red Hat Enterprise Linux 8.1; generic; Linux.x86_64)"),
    (3, "ZYpp 17.11.4 (curl 7.66.0) openSUSE-Leap-15.1-x86_64"),
    (2, "curl/7.29.0"),
    (2, "Wget/1.14 (linux-gnu)"),
    (2, "Mozilla/5.0 (X11; Linux x86_64; rv:68.0) Gecko/20100101 Firefox/68.0"),
]
ARCHES = ["x86_64", "aarch64", "ppc64le"]
DAY = "29/Mar/2020"


def targets(rng):
    """Requests with their weights, answers and sizes."""
    made = []
    for arch in ARCHES:
        weight = 60 if arch == "x86_64" else 6
        for repo in ("epel-7", "epel-8", "fedora-31", "updates-released-f31", "epel-debug-7"):
            made.append((weight, f"/metalink?repo={repo}&arch={arch}", 200, 18336))
        made.append((weight / 2, f"/mirrorlist?repo=epel-7&arch={arch}&country=de", 200, 4102))
        for tree in ("updates/7", "updates/7.06.201903", "updates/7.07.201908"):
            base = f"/pub/epel/{tree}/Everything/{arch}"
            made.append((weight / 4, f"{base}/repodata/repomd.xml", 200, 4123))
            for _ in range(20):
                name = f"{rng.choice('abcdefghij')}package-{rng.randrange(4000)}-1.0-1.el7.{arch}.rpm"
                made.append((weight / 40, f"{base}/Packages/{name[0]}/{name}", 200, rng.randrange(5000, 900000)))
            made.append((weight / 60, f"{base}/repodata/{rng.getrandbits(256):064x}-primary.xml.gz", 404, 196))
    made.append((2, "/metalink?repo=epel-9&arch=x86_64", 404, 6012))
    made.append((1, "/robots.txt", 404, 196))
    return made


def write(path, server, lines, rng, as_xz):
    pool = [f"{rng.randrange(1, 223)}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}"
            for _ in range(60000)]
    pool += [f"2001:db8:{rng.randrange(65536):x}:{rng.randrange(65536):x}::{rng.randrange(1, 65536):x}"
             for _ in range(8000)]
    asked = targets(rng)
    tails = [(weight * often, f'"GET {target} HTTP/{version}" {status} {size} "-" "{agent}"\n',
              f'"GET {target} HTTP/{version}" 503 299 "-" "{agent}"\n')
             for weight, target, status, size in asked
             for often, agent in AGENTS for version in ("1.1",)]
    weights = [one[0] for one in tails]
    cumulated = []
    total = 0
    for weight in weights:
        total += weight
        cumulated.append(total)
    output = open(path, "wb") if not as_xz else None
    compressor = None
    if as_xz:
        compressor = subprocess.Popen(["xz", "-1", "-c"], stdin=subprocess.PIPE, stdout=open(path, "wb"))
        output = compressor.stdin
    done = 0
    for second in range(86400):
        due = lines * (second + 1) // 86400 - done
        if due == 0:
            continue
        minute = second // 60 % 60
        share = 0.05 if minute == 15 else 0.0005
        stamp = f" - - [{DAY}:{second // 3600:02}:{minute:02}:{second % 60:02} +0000] "
        picked = rng.choices(tails, cum_weights=cumulated, k=due)
        # Few addresses ask most: the square of an even number.
        who = [pool[int(rng.random() ** 2 * len(pool))] for _ in range(due)]
        output.write("".join(
            f"{address}{stamp}{tail[2] if rng.random() < share else tail[1]}"
            for address, tail in zip(who, picked)).encode())
        done += due
    output.close()
    if compressor and compressor.wait():
        raise SystemExit("xz failed")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--lines", type=int, default=1000000, help="of each server")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--xz", action="store_true")
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    for number in range(1, options.servers + 1):
        server = f"proxy{number:02}"
        name = f"{server}-access.log" + (".xz" if options.xz else "")
        write(options.directory / name, server, options.lines, random.Random(options.seed * 1000 + number),
              options.xz)


if __name__ == "__main__":
    main()
