"""Metalinks as MirrorManager's responder answers, as files that a web server gives out."""
import hashlib
import os
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

from primary import ARCH

REPO = "{http://linux.duke.edu/metadata/repo}"
# What begins the names of an area's repositories, and their kinds: architecture and path.
AREAS = {"updates": "epel-", "releases": "epel-release-"}
KINDS = {"": (ARCH, f"Everything/{ARCH}"), "debug-": (ARCH, f"Everything/{ARCH}/debug"),
         "source-": ("source", "Everything/source/tree")}
ALGORITHMS = ("md5", "sha1", "sha256", "sha512")


def timestamp(data):
    """The largest timestamp of a repomd.xml's documents, which clients compare."""
    return max(int(float(entry.findtext(f"{REPO}timestamp")))
               for entry in ET.fromstring(data).iter(f"{REPO}data"))


class Responder:
    """Knows what each directory's repomd.xml is and was, which mirrors have one of them, and
    where names lead."""

    def __init__(self, world):
        self.world = world
        self.directory = os.path.join(world.directory, "responder")
        os.makedirs(self.directory)
        self.port = world.free_port()
        # As MirrorManager's scanner found them: directory (below /pub) by name and architecture.
        self.repositories = {}
        # As its operator said: the release's name that a client's name leads to.
        self.redirects = {}
        # Every repomd.xml that a directory had, newest last.
        self.known = {}

    @property
    def url(self):
        """Where metalinks are asked for."""
        return f"http://127.0.0.1:{self.port}/metalink"

    def scan(self):
        """Finds repositories on the primary; what has a name keeps it."""
        for area, prefix in AREAS.items():
            top = os.path.join(self.world.primary.pub, "epel", area)
            for release in os.listdir(top) if os.path.isdir(top) else ():
                if os.path.islink(os.path.join(top, release)) or release.startswith("."):
                    continue
                for kind, (arch, path) in KINDS.items():
                    self.repositories.setdefault(
                        (f"{prefix}{kind}{release}", arch), f"epel/{area}/{release}/{path}")

    def move_to_archive(self, release):
        """Names of a release lead to its archive."""
        for key, directory in self.repositories.items():
            if key[0].endswith(release) and directory.startswith("epel/"):
                self.repositories[key] = f"archives/{directory}"
        self.crawl()

    def crawl(self):
        """Looks at the primary and at all mirrors, and answers accordingly."""
        answers = dict(self.repositories)
        for client, name in self.redirects.items():
            answers.update({(client, arch): directory
                            for (known, arch), directory in self.repositories.items()
                            if known == name})
        for (name, arch), directory in answers.items():
            newest = self._read(self.world.primary.pub, directory)
            if newest is None:
                continue
            known = self.known.setdefault(directory, [])
            if newest not in known:
                known.append(newest)
            hosts = []
            for mirror in self.world.mirrors:
                has = self._read(mirror.pub, directory)
                if has in known:
                    hosts.append((-known.index(has), self.world.random.random(), mirror))
            # A client shall not see an older one after a newer one: the freshest come first.
            hosts = [mirror for _, _, mirror in sorted(hosts, key=lambda host: host[:2])]
            if hosts:
                self._write(f"{name}+{arch}", self._metalink(directory, known[::-1], hosts))
                self._write(f"paths/pub/{directory}/mirrors", f"# path = pub/{directory} \n"
                            + "".join(f"{host.url}/{directory}/\n" for host in hosts))

    @staticmethod
    def _read(pub, directory):
        try:
            with open(os.path.join(pub, directory, "repodata/repomd.xml"), "rb") as stream:
                return stream.read()
        except OSError:
            return None

    @staticmethod
    def _facts(data, indent):
        hashes = "".join(
            f'\n{indent} <hash type="{kind}">{hashlib.new(kind, data).hexdigest()}</hash>'
            for kind in ALGORITHMS)
        return (f"\n{indent}<mm0:timestamp>{timestamp(data)}</mm0:timestamp>"
                f"\n{indent}<size>{len(data)}</size>"
                f"\n{indent}<verification>{hashes}\n{indent}</verification>")

    def _metalink(self, directory, documents, hosts):
        alternates = "".join(
            f"\n    <mm0:alternate>{self._facts(data, ' ' * 5)}\n    </mm0:alternate>"
            for data in documents[1:])
        alternates = alternates and f"\n   <mm0:alternates>{alternates}\n   </mm0:alternates>"
        urls = "".join(
            f'\n    <url protocol="http" type="http" location="SE" preference="{100 - i}">'
            f"{escape(host.url)}/{directory}/repodata/repomd.xml</url>"
            for i, host in enumerate(hosts))
        return ('<?xml version="1.0" encoding="utf-8"?>\n<metalink version="3.0" '
                'xmlns="http://www.metalinker.org/" type="dynamic" '
                'pubdate="Sun, 29 Nov 2026 01:58:57 GMT" generator="mirrormanager" '
                'xmlns:mm0="http://fedorahosted.org/mirrormanager">\n <files>\n'
                '  <file name="repomd.xml">' + self._facts(documents[0], "   ") + alternates
                + f'\n   <resources maxconnections="1">{urls}\n   </resources>\n  </file>\n'
                " </files>\n</metalink>\n")

    def _write(self, name, text):
        path = os.path.join(self.directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        temporary = os.path.join(self.directory, ".new")
        with open(temporary, "w", encoding="utf-8") as stream:
            stream.write(text)
        os.rename(temporary, path)
