"""The life that a world goes through: two releases with pushes, a flip, a way back and forth, an
archive, and a third release that comes to nothing."""
import os
import shutil
import time

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
    # Nobody writes file lists.
    "telling": "lists",
    # What was pushed after `publish` is carried over together with the flip: the newer
    # repomd.xml comes after the link, and files too (`missing`), for a shorter time.
    "carry-over": "older",
    # Links move before mirrors have the trees.
    "link-first": "missing",
    # The rsync daemon gives out what is unfinished.
    "unfinished": "unfinished",
    # A mirror has other bytes than the primary.
    "contents": "checksum",
    # The archive is a copy, as far as mirrors can see.
    "copied-archive": "cost",
    # A hand-over of former days lies there still.
    "stale-handover": "handover",
}


class Life(World):
    """One life; `live` takes all its steps."""

    def __init__(self, options, directory, seed):
        super().__init__(options, directory, seed)
        self.fault_at = None
        self.event_number = 0
        self.crowd = Crowd(self, PACKAGES, pinned=FIRST)
        # The release that links lead to since the last hand-over, and by which command.
        self.flip = None
        # All of them: release, command, and when the command began and ended.
        self.flips = []
        # The builds of the last push.
        self.pushed = []

    # ------------------------------------------------------------------ steps

    def live(self):
        """The whole life; one that goes wrong on purpose is shorter."""
        wrong = self.options.break_
        for package in PACKAGES:
            self.primary.build(package, noarch=self.random.random() < 0.4)
        if wrong == "unfinished":
            self.leave_unfinished("epel/updates")
        self.compose(FIRST)
        self.event("publish", "Trees reach the mirrors. No link leads to them yet.",
                   lambda: self.primary.run("publish", FIRST))
        self.event("promote", "The links appear, and nothing else.",
                   lambda: self.promote(FIRST))
        if wrong == "telling":
            self.primary.silence()
        self.event("push", "New builds reach users of the current release.", self.push)
        if not wrong:
            self.event("wrong push", "A push that should not have been.", self.push)
            self.event("undo", "It is taken back. Whoever has its metadata goes on with it.",
                       self.undo)
            if self.options.long:
                self.event("another push", "And one more.", self.push)
        self.compose(SECOND)
        self.event("publish the next", "Trees of the next release reach the mirrors, with what "
                   "clients of the current one may ask for.",
                   lambda: self.primary.run("publish", SECOND), syncs=wrong != "link-first")
        if wrong != "link-first":
            self.event("push meanwhile", "The current release gets more.", self.push)
        if wrong not in ("link-first", "carry-over"):
            self.event("prepare", "What was pushed meanwhile goes into the next release as well, "
                       "before the link moves.", lambda: self.prepare(SECOND))
        self.event("promote the next", "The flip: one link moves, and nothing else.",
                   lambda: self.promote(SECOND), flips=True)
        if wrong == "copied-archive":
            self.event("archive", "", self.copy_to_archive)
        if wrong:
            return
        self.event("prepare rollback", "The way back is made ready.",
                   lambda: self.prepare(FIRST))
        self.event("rollback", "The link moves back.", self.rollback, flips=True)
        self.event("prepare again", "And the way forward.", lambda: self.prepare(SECOND))
        self.event("promote again", "The link moves once more.",
                   lambda: self.promote(SECOND), flips=True)
        self.event("push to the next", "New builds for the new release.", self.push)
        self.event("archive", "The old release gets a second name below the archive, beside a "
                   "copy that another archive left unfinished.", self.archive)
        self.hand_archive_over()
        self.event("remove original", "The grace time is over: only the archive is left.",
                   self.remove_original)
        self.compose(THIRD)
        self.event("publish a third", "A third release reaches the mirrors.",
                   lambda: self.primary.run("publish", THIRD))
        self.event("abandon it", "It comes to nothing.",
                   lambda: self.primary.run("abandon", THIRD))

    def compose(self, release):
        """Makes a release: nothing that mirrors see."""
        self.primary.run("compose", release, "--rpms", self.primary.pool, "--allow-unsigned")

    def push(self):
        """New builds of some packages."""
        self.pushed = [self.primary.build(package, noarch=self.random.random() < 0.4)
                       for package in self.random.sample(PACKAGES, self.random.choice([1, 2]))]
        self.primary.run("update", MAJOR, "--rpms", self.primary.pool, "--allow-unsigned")

    def undo(self):
        """Takes the last push back; its builds are not tagged any more. They are untagged
        before: that changes the time of files, which lists have."""
        for build in self.pushed:
            self.primary.untag(build)
        self.primary.run("update", MAJOR, "--undo", "--reason", "It was wrong")

    def prepare(self, release):
        """What clients of the current release may ask for goes into `release`, before the
        links move."""
        if release == SECOND and self.primary.telling == "program":
            # The program does not promote what mirrors do not have yet.
            self.primary.run("check", release)
            printed = self.primary.run("promote", release, status=2)
            if f"mirrors prepare {release}" not in printed:
                self.fault("gate", f"promote was refused, but not for what is late: {printed}")
        if self.primary.knows("mirrors", "prepare"):
            self.primary.run("mirrors", "prepare", release)

    def promote(self, release):
        """Moves the links, and MirrorManager's names after them or before."""
        self.primary.run("check", release)
        late = []
        if self.options.break_ and self.primary.telling == "program":
            late = ["--skip-soak", "--skip-mirrors", "It is wrong on purpose"]
        self.move(release, "promote", release, *late)

    def rollback(self):
        """Moves the links back."""
        self.move(FIRST, "rollback", MAJOR)

    def move(self, release, command, *arguments):
        """Runs a command that lets the links lead to a release."""
        began = time.time()
        self.primary.run(command, *arguments)
        self.flip = (release, command)
        self.flips.append((release, command, began, time.time()))

    def archive(self):
        """Archives the first release, beside a copy that another archive left unfinished."""
        self.leave_unfinished("archives/epel/updates")
        self.primary.run("archive", FIRST)

    def leave_unfinished(self, directory):
        """Half of a copy, as an archive that was killed leaves it."""
        place = os.path.join(self.primary.pub, directory, ".epel-compose-copy-unfinished")
        os.makedirs(place)
        with open(os.path.join(place, "half.rpm"), "wb") as stream:
            stream.write(b"\0" * 100000)

    def copy_to_archive(self):
        """An archive of copies instead of hard links."""
        self.primary.run("archive", FIRST)
        top = os.path.join(self.primary.pub, "archives/epel/updates")
        shutil.copytree(os.path.join(top, FIRST), os.path.join(top, "copy"))
        shutil.rmtree(os.path.join(top, FIRST))
        os.rename(os.path.join(top, "copy"), os.path.join(top, FIRST))
        if self.primary.telling == "program":
            self.primary.run("mirrors", "lists", MAJOR)

    def hand_archive_over(self):
        """MirrorManager moves the first release's name to the archive."""
        if self.primary.knows("mirrors", "handover"):
            printed = self.primary.run("mirrors", "handover", FIRST, "--for", "archive")
            if f"mm2_move-to-archive --product EPEL --version {FIRST}" not in printed:
                self.fault("gate", f"the hand-over does not archive {FIRST}: {printed}")
        self.responder.move_to_archive(FIRST)

    def remove_original(self):
        """The grace time is over."""
        self.primary.write_policy("0 seconds")
        self.primary.run("archive", FIRST, "--remove-original")
        self.primary.write_policy("14 days")

    def check_archive_costs(self):
        """An archive is a second name of files that mirrors have."""
        archive = os.path.join(self.primary.pub, "archives/epel")
        size = self.tree_size(archive)
        # Its manifest and its page are new.
        documents = sum(entry.stat().st_size for entry in os.scandir(archive) if entry.is_file())
        costs = {name: cost for (event, name), cost in self.costs.items() if event == "archive"}
        if costs["L"].trees > ARCHIVE_LIMIT + documents:
            self.fault("cost", f"the archive has cost L {costs['L'].trees} bytes of trees")
        if costs["P"].trees > documents:
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

    def event(self, title, said, change, syncs=True, flips=False):
        """Something changes on the primary; all mirrors follow in some order, and clients
        use them meanwhile.

        said   what it is, for people
        syncs  whether mirrors follow
        flips  whether links move
        """
        self.event_number += 1
        self.say(f"\n=== {self.event_number}. {title}\n# {said}")
        # One event behind: it gets what the last one has left.
        if self.event_number > 1:
            self.follow(title, self.behind)
        after = self.crowd.begin(self.event_number, flips)
        change()
        self.primary.tell()
        self.note_lists()
        # The overlay tells responders of a new repomd.xml before any mirror has it: who is
        # told of the former one alone refuses all mirrors once they have the new one.
        self.responder.crawl()
        soon = self.random.random() < 0.5
        if soon:
            self.hand_over()
        running = [self.workers.submit(work) for work in after + self.crowd.meanwhile()]
        if syncs:
            order = list(self.mirrors)
            self.random.shuffle(order)
            for mirror in order:
                self.follow(title, mirror)
            if self.options.break_ == "contents":
                self.damage(self.random.choice(self.mirrors))
        if not soon:
            self.hand_over()
        self.responder.crawl()
        for work in running:
            work.result()
        self.gather()
        self.check_unfinished()
        if title == "archive":
            self.check_archive_costs()
        if self.found:
            self.fault_at = self.fault_at or f"event {self.event_number}, {title}"
        if self.found and not self.options.go_on:
            raise faults.Broken(f"{len(self.found)} faults at {self.fault_at}")

    @staticmethod
    def damage(mirror):
        """Changes a byte of every RPM that a mirror has."""
        for place, _, files in os.walk(mirror.pub):
            for name in files:
                if name.endswith(".rpm"):
                    path = os.path.join(place, name)
                    os.chmod(path, 0o644)
                    with open(path, "r+b") as stream:
                        stream.seek(200)
                        stream.write(b"!")

    def follow(self, title, mirror):
        """A mirror synchronises, and is what it should be."""
        cost = self.costs[title, mirror.name] = mirror.update()
        self.say(f"  {mirror.name} follows ({mirror.kind}): {cost.trees / 1024:.0f} KiB of trees, "
                 f"{cost.wire / 1024:.0f} KiB on the wire, {cost.seconds:.1f} s")
        self.count("runs of mirrors")
        self.check_mirror(mirror)
        self.check_head(mirror)
        if not mirror.serves and mirror.has_links():
            mirror.serves = True
            self.walker.read(mirror)

    def hand_over(self):
        """MirrorManager scans the primary, and its operator does what the hand-over says."""
        self.responder.scan()
        flip, self.flip = self.flip, None
        if self.manager is not None:
            self.manager.scan(self.responder.repositories)
        if flip is not None:
            redirects = self.primary.redirects(*flip)
            if self.manager is not None:
                if self.options.break_ == "stale-handover":
                    self.leave_stale_handover()
                self.manager.hand_over(
                    self.primary.handovers, f"{flip[0]}-{flip[1]}.sql", redirects)
                redirects = self.manager.redirects()
            self.responder.redirects.update(redirects)
        self.responder.crawl()
        if flip is not None and not self.options.break_ and self.primary.knows(
                "mirrors", "status"):
            found = self.primary.clients_get()
            if found != {flip[0]}:
                self.fault("gate", f"clients of metalinks get {flip[0]}, and mirrors status "
                           f"says {found}")

    def leave_stale_handover(self):
        """SQL that leads clients to another release, whatever is current."""
        path = os.path.join(self.primary.handovers, "7.05.201809-rollback.sql")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write("UPDATE repository_redirect SET to_repo = 'epel-7.05.201809';\n")

    def serving(self):
        """Mirrors that clients use."""
        return [m for m in self.mirrors + [self.behind] if m.serves]
