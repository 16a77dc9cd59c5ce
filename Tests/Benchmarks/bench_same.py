"""Compares what two programs made of the same RPMs.

    bench_same.py documents OURS PEER    the elements of two repositories' metadata
    bench_same.py databases OURS PEER    the rows of their databases as well
    bench_same.py links OURS PEER        two trees of hard links

Each `package` element of primary, filelists and other has to be the same to the byte; only
their order may differ. Each row of the databases has to be the same, but for pkgKey, which
numbers the packages. The first difference is printed; the exit status is 1 then.
"""

import bz2
import collections
import difflib
import gzip
import hashlib
import lzma
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import xml.etree.ElementTree as ET

REPO = "{http://linux.duke.edu/metadata/repo}"
DOCUMENTS = ("primary", "filelists", "other")
BEGIN, END = b"<package ", b"</package>"
OPENERS = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}
LINES = 30  # shown of a difference


def differ(*lines):
    sys.exit("\n".join(["the outputs differ", *lines]))


def path_of(repository, kind):
    repomd = ET.parse(f"{repository}/repodata/repomd.xml")
    data = repomd.find(f"{REPO}data[@type='{kind}']/{REPO}location")
    if data is None:
        sys.exit(f"{repository} has no {kind}")
    return f"{repository}/{data.get('href')}"


def opened(path):
    suffix = os.path.splitext(path)[1]
    if suffix not in OPENERS:
        sys.exit(f"{path} is not compressed by one of {', '.join(OPENERS)}")
    return OPENERS[suffix](path)


# ------------------------------------------------------------------ documents

def elements(path):
    """The package elements of a document, one after the other."""
    with opened(path) as stream:
        rest = b""
        while chunk := stream.read(1 << 20):
            *whole, rest = (rest + chunk).split(END)
            for text in whole:
                yield text[text.index(BEGIN):] + END


def digest(element):
    return hashlib.sha256(element).digest()


def package_id(element):
    return re.search(rb'pkgid="(?:YES">)?([0-9a-f]+)', element)[1].decode()


def compare_documents(kind, ours, peer):
    ours, peer = path_of(ours, kind), path_of(peer, kind)
    if os.path.splitext(ours)[1] != os.path.splitext(peer)[1]:
        differ(f"{os.path.basename(ours)} and {os.path.basename(peer)} are compressed differently")
    counts = collections.Counter(digest(element) for element in elements(ours))
    counts.subtract(digest(element) for element in elements(peer))
    if not any(counts.values()):
        return
    odd = [{package_id(element): element for element in elements(path)
            if counts[digest(element)] * sign > 0} for path, sign in ((ours, 1), (peer, -1))]
    package = min(odd[0].keys() & odd[1].keys() or odd[0].keys() | odd[1].keys())
    lines = [one.get(package, b"").decode(errors="replace").splitlines() for one in odd]
    differ(f"{kind}: {len(odd[0])} elements are only in ours, {len(odd[1])} only in the peer's",
           *list(difflib.unified_diff(*lines, "ours", "peer's", n=1, lineterm=""))[:LINES])


# ------------------------------------------------------------------ databases

def unpack(repository, kind, directory, name):
    path = f"{directory}/{name}-{kind}.sqlite"
    with opened(path_of(repository, kind)) as stream, open(path, "wb") as target:
        shutil.copyfileobj(stream, target, 1 << 20)
    return path


def names_of(database, schema, kind):
    return {row[0] for row in database.execute(
        f"SELECT name FROM {schema}.sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'",
        (kind,))}


def rows_of(schema, table, columns):
    """A query for the rows of a table, with the package's checksum in place of its number, and
    how many rows are the same."""
    listed = ", ".join(f'"{column}"' for column in columns)
    packages = f"{schema}.packages"
    source = packages if table == "packages" else (
        f"{schema}.{table} JOIN (SELECT pkgKey, pkgId FROM {packages}) USING (pkgKey)")
    return f"SELECT {listed}, count(*) FROM {source} GROUP BY {listed}"


def columns_of(database, schema, table):
    names = {row[1] for row in database.execute(f"PRAGMA {schema}.table_info({table})")}
    return ["pkgId", *sorted(names - {"pkgKey", "pkgId"})]


def compare_table(database, kind, table):
    columns = columns_of(database, "ours", table)
    if columns != columns_of(database, "peer", table):
        differ(f"{kind}: {table} has other columns in ours than in the peer's")
    ours, peer = (rows_of(schema, table, columns) for schema in ("ours", "peer"))
    for name, one, other in (("ours", ours, peer), ("the peer's", peer, ours)):
        if row := database.execute(f"{one} EXCEPT {other} LIMIT 1").fetchone():
            differ(f"{kind}: a row of {table} is only in {name}",
                   *(f"  {column}: {value}" for column, value in zip([*columns, "rows"], row)))


def compare_databases(kind, ours, peer):
    with tempfile.TemporaryDirectory() as directory:
        database = sqlite3.connect(":memory:")
        # Changelogs are not always UTF-8.
        database.text_factory = lambda text: text.decode(errors="replace")
        for name, repository in (("ours", ours), ("peer", peer)):
            database.execute(f"ATTACH ? AS {name}", (unpack(repository, kind, directory, name),))
        for what in ("table", "index", "trigger"):
            names = [names_of(database, schema, what) for schema in ("ours", "peer")]
            if names[0] != names[1]:
                differ(f"{kind}: {what} {', '.join(sorted(names[0] ^ names[1]))} is only in one")
        # db_info has the checksum of the document, in which packages have another order.
        for table in sorted(names_of(database, "ours", "table") - {"db_info"}):
            compare_table(database, kind, table)
        database.close()


# ------------------------------------------------------------------ links

def inodes(tree):
    found = {}
    for directory, _, names in os.walk(tree):
        for name in names:
            path = os.path.join(directory, name)
            found[os.path.relpath(path, tree)] = os.lstat(path).st_ino
    return found


def compare_links(ours, peer):
    found = [set(inodes(tree).items()) for tree in (ours, peer)]
    if odd := found[0] ^ found[1]:
        differ(f"{len(odd)} files are not the same file in both, such as {min(odd)[0]}")


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in ("documents", "databases", "links"):
        sys.exit(__doc__)
    what, ours, peer = sys.argv[1:]
    if what == "links":
        compare_links(ours, peer)
        return
    for kind in DOCUMENTS:
        compare_documents(kind, ours, peer)
        if what == "databases":
            compare_databases(f"{kind}_db", ours, peer)


if __name__ == "__main__":
    main()
