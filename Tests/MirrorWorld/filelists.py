"""File lists of rsync modules, as list-driven mirrors read them, and as create-filelist
writes them: an idea of its own of what they should say."""
import collections
import hashlib
import os
import stat

# What one line says: larger of mtime and ctime, type, size.
Row = collections.namedtuple("Row", "time kind size")


def names(module):
    """Names of the lists of a module."""
    return [f"fullfiletimelist-{module}", "fullfilelist", f"imagelist-{module}"]


def read(path):
    """Rows by path, and SHA-1 sums by path. A list without an end was not read whole:
    ValueError."""
    rows, sums, section = {}, {}, None
    with open(path, encoding="utf-8") as stream:
        lines = stream.read().split("\n")
    if "[End]" not in lines[-2:]:
        raise ValueError(f"{path} has no end")
    for line in lines:
        if line.startswith("["):
            section = line
        elif line and section == "[Files]":
            time, kind, size, name = line.split("\t", 3)
            rows[name] = Row(int(time), kind, int(size))
        elif line and section == "[Checksums SHA1]":
            digits, name = line.split("\t", 1)
            sums[name] = digits
    return rows, sums


def scan(top, module):
    """What a list of the module at `top` should say: rows by path."""
    found = {}

    def visit(directory, prefix, restricted):
        for entry in os.scandir(directory):
            name, path = entry.name, prefix + entry.name
            if (name == ".~tmp~" or name.startswith((".nfs", ".epel-compose-"))
                    or not prefix and name in names(module)):
                continue
            own = entry.stat(follow_symlinks=False)
            try:
                target = os.stat(entry.path)
            except OSError:
                continue
            letters = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l"}
            letter = letters.get(stat.S_IFMT(own.st_mode))
            if letter is None or not target.st_mode & stat.S_IRGRP:
                continue
            closed = not own.st_mode & (stat.S_IXOTH if letter == "d" else stat.S_IROTH)
            mark = "-" if closed else "*" if restricted else ""
            found[path] = Row(int(max(own.st_mtime, own.st_ctime)), letter + mark, own.st_size)
            if letter == "d":
                visit(entry.path, path + "/", restricted or closed)

    visit(top, "", False)
    return found


def write(top, module, rows):
    """Writes the lists of the module at `top`."""
    sections = {"SHA1": [], "MD5": [], "SHA256": [], "SHA512": []}
    paths = sorted(rows, key=os.fsencode)
    for path in paths:
        if os.path.basename(path) == "repomd.xml":
            with open(os.path.join(top, path), "rb") as stream:
                data = stream.read()
            for kind, lines in sections.items():
                lines.append(f"{hashlib.new(kind, data).hexdigest()}\t{path}\n")
    text = "[Version]\n2\n\n[Files]\n"
    text += "".join(f"{row.time}\t{row.kind}\t{row.size}\t{path}\n"
                    for path, row in ((path, rows[path]) for path in paths))
    for kind, lines in sections.items():
        text += f"\n[Checksums {kind}]\n" + "".join(lines)
    documents = [text + "\n[End]\n", "".join(f"./{path}\n" for path in paths), ""]
    for name, document in zip(names(module), documents):
        temporary = os.path.join(top, f".epel-compose-list-{name}")
        with open(temporary, "w", encoding="utf-8") as stream:
            stream.write(document)
        os.rename(temporary, os.path.join(top, name))
