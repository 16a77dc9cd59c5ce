"""The life that a world goes through: two releases with pushes, a flip, a way back and forth, an
archive, and a third release that comes to nothing."""
import os

import faults
from crowd import Crowd
from primary import MAJOR
from scene import World

FIRST, SECOND, THIRD = "7.06.201903", "7.07.201908", "7.08.202004"
PACKAGES = ("atlas", "beryl", "cedar", "delta", "fennel", "garnet")
# What an archive may cost a mirror that works by file lists.
ARCHIVE_LIMIT = 64 * 1024
# What is done wrong on purpose, and by what name it is then found.
BREAKS = {
    "telling": "lists",
    "carry-over": "missing",
    "link-first": "missing",
}


class Life(World):
    """One life; `live` takes all its steps."""

    def __init__(self, options, directory, seed):
        super().__init__(options, directory, seed)
        self.fault_at = None
        self.event_number = 0
        self.crowd = Crowd(self, PACKAGES, pinned=FIRST)
        self.redirected = None
        # The builds of the last push.
        self.pushed = []

    # ------------------------------------------------------------------ steps

    def live(self):
        """The whole life."""
        for package in PACKAGES:
            self.primary.build(package, noarch=self.random.random() < 0.4)
        self.compose(FIRST)
        self.event("publish", lambda: self.primary.run("publish", FIRST))
        self.event("promote", lambda: self.promote(FIRST))
        self.event("push", self.push)
        if not self.options.break_:
            self.event("push that was wrong", self.push)
            self.event("undo", self.undo)
        if self.options.long:
            self.event("another push", self.push)
        self.compose(SECOND)
        self.event("publish the next", lambda: self.primary.run("publish", SECOND),
                   syncs=self.options.break_ != "link-first")
        if self.options.break_ != "link-first":
            self.event("push meanwhile", self.push)
            self.event("prepare", lambda: self.prepare(SECOND))
        self.event("promote the next", lambda: self.promote(SECOND), flips=True)
        if self.options.break_:
            return
        self.event("prepare the way back", lambda: self.prepare(FIRST))
        self.event("rollback", self.rollback, flips=True)
        self.event("prepare once more", lambda: self.prepare(SECOND))
        self.event("promote again", lambda: self.promote(SECOND), flips=True)
        self.event("push to the next", self.push)
        self.event("archive", self.archive)
        self.check_archive_costs()
        self.hand_archive_over()
        self.event("remove the original", self.remove_original)
        self.compose(THIRD)
        self.event("publish a third", lambda: self.primary.run("publish", THIRD))
        self.event("abandon it", lambda: self.primary.run("abandon", THIRD))

    def compose(self, release):
        """Makes a release: nothing that mirrors see."""
        self.primary.run("compose", release, "--rpms", self.primary.pool, "--allow-unsigned")

    def push(self):
        """New builds of some packages."""
        self.pushed = [self.primary.build(package, noarch=self.random.random() < 0.4)
                       for package in self.random.sample(PACKAGES, self.random.choice([1, 2]))]
        self.primary.run("update", MAJOR, "--rpms", self.primary.pool, "--allow-unsigned")

    def undo(self):
        """Takes the last push back; its builds are not tagged any more."""
        self.primary.run("update", MAJOR, "--undo", "--reason", "It was wrong")
        for build in self.pushed:
            self.primary.untag(build)

    def prepare(self, release):
        """What clients of the current release may ask for goes into `release`, before the
        links move."""
        if self.options.break_ == "carry-over":
            return
        if release == SECOND and self.primary.telling == "program":
            # The program does not promote what mirrors do not have yet.
            self.primary.run("check", release)
            printed = self.primary.run("promote", release, status=2)
            if "carried-late" not in printed and "mirrors prepare" not in printed:
                self.fault("gate", f"promote was refused, but not for what is late: {printed}")
        if self.primary.knows("mirrors", "prepare"):
            self.primary.run("mirrors", "prepare", release)

    def promote(self, release):
        """Moves the links, and MirrorManager's names after them or before."""
        self.primary.run("check", release)
        late = ["--skip-soak"] if self.options.break_ else []
        self.primary.run("promote", release, *late)
        self.redirected = release

    def rollback(self):
        """Moves the links back."""
        self.primary.run("rollback", MAJOR)
        self.redirected = FIRST

    def archive(self):
        """Archives the first release, beside a copy that another archive left unfinished."""
        unfinished = os.path.join(self.primary.pub, "archives/epel/.epel-compose-copy-unfinished")
        os.makedirs(unfinished, exist_ok=True)
        with open(os.path.join(unfinished, "half.rpm"), "wb") as stream:
            stream.write(b"\0" * 100000)
        self.primary.run("archive", FIRST)

    def hand_archive_over(self):
        """MirrorManager's names of the first release lead to the archive."""
        self.responder.lead(f"epel-{FIRST}", f"archives/epel/updates/{FIRST}")
        self.responder.crawl()

    def remove_original(self):
        """The grace time is over."""
        self.primary.grace("0 seconds")
        self.primary.run("archive", FIRST, "--remove-original")
        self.primary.grace("14 days")

    def check_archive_costs(self):
        """An archive is a second name of files that mirrors have."""
        size = self.tree_size(os.path.join(self.primary.pub, "archives/epel"))
        costs = {name: cost for (event, name), cost in self.costs.items() if event == "archive"}
        if costs["L"].trees > ARCHIVE_LIMIT:
            self.fault("cost", f"the archive has cost L {costs['L'].trees} bytes of trees")
        if costs["P"].trees:
            self.fault("cost", f"the archive has cost P {costs['P'].trees} bytes of trees")
        if costs["Q"].trees < 0.9 * size:
            self.fault("cost", f"the archive of {size} bytes has cost Q only {costs['Q'].trees}")

    @staticmethod
    def tree_size(top):
        """Bytes of all files below `top`, each inode once, what is unfinished left out."""
        sizes = {}
        for place, directories, files in os.walk(top):
            directories[:] = [name for name in directories if not name.startswith(".epel-")]
            for name in files:
                status = os.lstat(os.path.join(place, name))
                sizes[status.st_ino] = status.st_size
        return sum(sizes.values())

    # ----------------------------------------------------------------- events

    def event(self, title, change, syncs=True, flips=False):
        """Something changes on the primary; all mirrors follow in some order, and clients
        use them meanwhile."""
        self.event_number += 1
        self.say(f"\n=== {self.event_number}. {title}")
        # One event behind: it gets what the last one has left.
        if self.event_number > 1:
            self.follow(title, self.behind)
        after = self.crowd.begin(self.event_number, flips)
        change()
        self.primary.tell()
        self.note_lists()
        soon = self.random.random() < 0.5
        if soon:
            self.hand_over()
        running = [self.workers.submit(work) for work in after + self.crowd.meanwhile()]
        if syncs:
            order = list(self.mirrors)
            self.random.shuffle(order)
            for mirror in order:
                self.follow(title, mirror)
        if not soon:
            self.hand_over()
        self.responder.crawl()
        for work in running:
            work.result()
        self.gather()
        self.check_unfinished()
        if self.found:
            self.fault_at = self.fault_at or f"event {self.event_number}, {title}"
        if self.found and not self.options.go_on:
            raise faults.Broken(f"{len(self.found)} faults at {self.fault_at}")

    def follow(self, title, mirror):
        """A mirror synchronises, and is what it should be."""
        self.costs[title, mirror.name] = mirror.update()
        self.count("runs of mirrors")
        self.check_mirror(mirror)
        self.check_head(mirror)
        if not mirror.serves and mirror.has_links():
            mirror.serves = True
            self.walker.read(mirror)

    def hand_over(self):
        """MirrorManager's names follow the links."""
        if self.redirected is not None:
            self.responder.lead(f"epel-{MAJOR}", f"epel/updates/{self.redirected}")
            self.responder.lead(f"epel-{self.redirected}", f"epel/updates/{self.redirected}")
            self.redirected = None
        self.responder.crawl()

    def serving(self):
        """Mirrors that clients use."""
        return [m for m in self.mirrors + [self.behind] if m.serves]
