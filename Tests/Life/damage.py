"""What the life itself does to what users get, behind the program's back, so that a test
can see that the next look finds it."""
import os
import subprocess

import stage as places


def _repository(stage):
    return os.path.join(stage.root, places.PUBLIC, places.LINKS[1], "Everything", "x86_64")


def _an_rpm(stage):
    found = []
    for directory, _, names in os.walk(os.path.join(_repository(stage), "Packages")):
        found += [os.path.join(directory, name) for name in names]
    return min(found)


def _replace(path, contents):
    """A new file: the old one may have further names."""
    with open(f"{path}.new", "wb") as stream:
        stream.write(contents)
    os.rename(f"{path}.new", path)


def link(stage):
    """One link leads elsewhere."""
    path = os.path.join(stage.root, places.PUBLIC, places.LINKS[0])
    os.unlink(path)
    os.symlink("../releases", path)


def lost(stage):
    """An RPM that clients were told of is gone."""
    os.unlink(_an_rpm(stage))


def contents(stage):
    """An RPM has other bytes under the same address."""
    path = _an_rpm(stage)
    with open(path, "rb") as stream:
        _replace(path, stream.read()[:-1] + b"!")


def revision(stage):
    """The revision goes back."""
    path = os.path.join(_repository(stage), "repodata", "repomd.xml")
    with open(path, "rb") as stream:
        before, after = stream.read().split(b"<revision>")
    _replace(path, before + b"<revision>1" + after[after.index(b"</revision>"):])


def listing(stage):
    """A build is listed no longer, though nobody took it out; what clients know stays."""
    repodata = os.path.join(_repository(stage), "repodata")
    known = {}
    for name in os.listdir(repodata):
        with open(os.path.join(repodata, name), "rb") as stream:
            known[name] = stream.read()
    subprocess.run(
        ["createrepo_c", "--quiet", "--compatibility", "--general-compress-type=gz",
         "--excludes", os.path.basename(_an_rpm(stage)), _repository(stage)], check=True)
    for name in known.keys() - set(os.listdir(repodata)):
        _replace(os.path.join(repodata, name), known[name])


def stranger(stage):
    """A tree has a file that is in no manifest."""
    _replace(os.path.join(_repository(stage), "Packages", "stranger.rpm"), b"unknown")


KINDS = {f.__name__: f for f in (link, lost, contents, revision, listing, stranger)}
