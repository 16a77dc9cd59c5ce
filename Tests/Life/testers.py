"""What testers see: each testing tree as clients of its own address read it."""
import os

from trees import KnownAddresses


class Testers:
    """Clients of every public testing tree, and where its files come from."""

    def __init__(self, public, grace, disk, faults):
        self.public = public
        self.grace = grace
        self.disk = disk
        self.faults = faults
        # What clients of a release's testing tree were told, by its name.
        self.known = {}
        # Inodes of the build system's files, by SHA-256.
        self.inodes = {}

    def look(self, now, model):
        """Reads every public testing tree, beside what its clients know; after a kill, too."""
        public = {r.name for r in model.releases.values()
                  if r.tested is not None and "public" in r.places}
        # A release that left the public root may come back, as another one or restored.
        self.known = {name: known for name, known in self.known.items() if name in public}
        for name in public:
            path = f"testing/{name}"
            if not os.path.isdir(os.path.join(self.public, path)):
                continue
            known = self.known.setdefault(name, KnownAddresses(
                self.public, path, self.grace, self.disk, self.faults))
            known.look(now, {})
            known.check_files(now)

    def check_copies(self, path, repository, builds):
        """Every RPM of a repository is the build system's very file."""
        for build in builds:
            for name, checksum in build.files.items():
                self.inodes.setdefault(checksum, set()).add(
                    os.stat(os.path.join(build.directory, name)).st_ino)
        for package in repository.packages:
            file = os.path.join(path, package.location)
            if package.checksum in self.inodes and os.path.exists(file) \
                    and os.stat(file).st_ino not in self.inodes[package.checksum]:
                self.faults(f"{file} is a copy, and not the build system's file")
