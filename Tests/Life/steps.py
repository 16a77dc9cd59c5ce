"""One random life: which step comes next, and what must come of it."""
import os
import time

from model import BOTH, DONE, REFUSED
from tested_steps import TestedSteps
from running import APPLICATIONS, LIBRARIES, Running
from stage import GRACE, MAJOR, release_name


class Life(TestedSteps, Running):
    """A stream from its first release on, step by step."""

    def next_step(self):
        """The name of a method; what is useful now comes more often."""
        states = [release.state for release in self.model.releases.values()]
        if "current" not in states and len(states) < 2:
            return {"staged": "publish", "published": "promote"}.get(
                states[0] if states else "", "compose")
        lost = self.lost_key or self.model.current is not None and self.model.drops_silently(
            self.model.current.arches, len(states) + 1)
        weights = {
            "new_builds": 14, "update": 16, "withdraw": 8, "undo": 7, "again": 6, "rollback": 4,
            "untag": 3, "check_release": 3, "policy": 8 if lost else 4,
            "select": 5, "sign_anew": 3,
            "compose": 8 if states.count("staged") + states.count("published") < 2 else 1,
            "publish": 12 if "staged" in states else 1,
            "promote": 12 if "published" in states else 1,
            "archive": 8 if states.count("superseded") > 1 else 1,
            "remove_original": 6 if self.removable() else 1,
            "restore": 4 if "archived" in states else 1,
            "link_archive": 2, "read_archive": 2,
            "end": 4 if self.endable() else 1, **self.testing_weights(),
            "abandon": 4 if "staged" in states or "published" in states else 1,
        }
        names = list(weights)
        return self.random.choices(names, [weights[name] for name in names])[0]

    # ------------------------------------------------------------------- input

    def new_builds(self):
        """Packagers build: new versions, markers, returns, and what is not signed."""
        live = self.model.live()
        needed = {name for b in live.values() for name, _ in b.requires}
        # What stands in the way of a release is built anew, sooner or later.
        kept = [build for build in live.values() if not build.retires]
        obstacles = {build.package for build in kept if build.nvr in self.model.holds
                     or not self.model.trusted(build)}
        obstacles.update(b.package for b in self.model.unresolved(kept).values())
        for _ in range(self.random.randint(1, 3)):
            package = self.random.choice(LIBRARIES + APPLICATIONS)
            if obstacles and self.random.random() < 0.6:
                package = self.random.choice(sorted(obstacles))
            retires = self.random.random() < 0.15 and (
                package not in needed or self.random.random() < 0.2)
            known = live.get(package)
            if known is not None and known.retires and self.random.random() < 0.5:
                continue
            unsigned = self.random.random() < 0.03
            self.build(package, retires, None if unsigned else "")
            if unsigned:
                return

    def untag(self):
        """The newest build of a package is live no longer, or one is tagged again. What
        people have taken out comes first: that is what the program asks for."""
        live = self.model.live()
        missing = [b for builds in self.history.values() for b in builds[-1:]
                   if b.nvr not in self.model.pool]
        if missing and self.random.random() < 0.4:
            self.tag(self.random.choice(missing))
            return
        held = [b for b in live.values() if b.nvr in self.model.holds or not
                self.model.trusted(b)]
        chosen = self.random.choice(sorted(held or live.values(), key=lambda b: b.nvr))
        builds = [b for b in self.model.pool.values() if b.package == chosen.package]
        if len(builds) > 1:
            self.take_out(chosen)
        elif self.random.random() < 0.5:
            # A whole package is gone, and nobody decided that.
            self.take_out(chosen)

    def policy(self):
        """An architecture comes or goes, with a decision or without; or another key."""
        model = self.model
        following = 1 + max((r.order for r in model.releases.values()), default=0)
        if len(model.arches) == 1 and self.random.random() < 0.5:
            model.arches.append("aarch64")
            model.dropped.clear()
        elif len(model.arches) == 1 and not model.dropped and self.random.random() < 0.5:
            model.dropped["aarch64"] = following
        elif len(model.arches) == 2 and self.random.random() < 0.3:
            model.arches.pop()
            if self.random.random() < 0.8:
                model.dropped["aarch64"] = following + self.random.randint(0, 1)
        elif self.lost_key is not None:
            model.keys.insert(0, self.lost_key)
            self.lost_key = None
        elif len(model.keys) > 1 and self.random.random() < 0.3:
            self.lost_key = model.keys.pop(0)
        elif len(model.keys) < 4:
            model.keys.append("ABCD"[len(model.keys)])
        self.write_policy()

    def sign_anew(self):
        """The files of a live build get other signatures, and so other bytes."""
        live = self.model.live()
        build = live[self.random.choice(sorted(live))]
        if build.key == self.model.keys[-1]:
            return
        self.take_out(build)
        anew = self.stage.press.sign_anew(build, self.model.keys[-1])
        self.history[build.package][self.history[build.package].index(build)] = anew
        self.tag(anew)

    # --------------------------------------------------------------- a release

    def pick(self, *states):
        """A release in one of these states, or now and then in any; None without one."""
        releases = list(self.model.releases.values())
        fitting = [r for r in releases if r.state in states]
        if self.random.random() < 0.12:
            fitting = releases
        return self.random.choice(fitting) if fitting else None

    def compose(self):
        """The next release, now and then one that is there; composed or branched."""
        model = self.model
        order = 1 + max((r.order for r in model.releases.values()), default=0)
        again = [r for r in model.releases.values() if r.state == "abandoned"]
        if again and self.random.random() < 0.3 or self.random.random() < 0.05 and order > 1:
            order = (self.random.choice(again).order if again
                     else self.random.randint(1, order - 1))
        name = release_name(order)
        unsigned = self.random.random() < 0.03
        branches = model.current is not None and self.random.random() < 0.3
        command = "branch" if branches else "compose"
        is_known, release = model.plan_compose(name, order, unsigned)
        if branches and not model.may_branch(name, order):
            release = None
        outcome = REFUSED if release is None else DONE
        arguments = [command, name, "--rpms", self.stage.pool]
        if unsigned:
            arguments.append("--allow-unsigned")
        if outcome == REFUSED:
            self.run(arguments, REFUSED, lambda: None)
            return
        release.allows_unsigned = unsigned and any(
            not model.trusted(build) for build in release.cut)
        former = model.releases.get(name)
        if former is not None:
            release.promotion = None
        model.releases[name] = release
        verdict = model.check(release)
        del model.releases[name]
        if former is not None:
            model.releases[name] = former

        def apply():
            model.releases[name] = release

        if is_known == BOTH:
            # Clients may have forgotten what has other bytes now.
            if self.run(arguments, BOTH, apply) == 0:
                release.passed = None
            return
        # Status 2, but the release is staged, for others to look at.
        self.run_checks(arguments, verdict, release, apply)

    def run_checks(self, arguments, verdict, release, apply=lambda: None):
        """A command that does its work, and ends with 2 if checks failed."""
        if self.random.random() < 0.4:
            self.preview(arguments, verdict)
        status, printed = self.run_killed(arguments, True)
        if status == 2 and self.was_told:
            # It died with its report written, and is not done twice.
            status = 0 if verdict == DONE else 2
        if status not in self.statuses(verdict):
            self.stage.fault(
                f"{arguments} ended with {status}, and its checks should be {verdict}:\n{printed}")
        self.stage.require()
        release.passed = status == 0
        apply()

    def check_release(self):
        """Checks run again."""
        release = self.pick("staged", "published", "current")
        if release is None:
            return
        arguments = ["check", release.name]
        if not release.places:
            self.run(arguments, REFUSED, lambda: None)
        elif not self.model.fits(release):
            # Made under another policy: what the checks say then is their business.
            self.run(arguments, BOTH, lambda: None)
            release.passed = None
        else:
            self.run_checks(arguments, self.model.check(release), release)

    def publish(self):
        """A staged release becomes public."""
        release = self.pick("staged")
        if release is None:
            return

        def apply():
            release.state, release.places = "published", {"public"}

        self.run(["publish", release.name], DONE if release.state == "staged" else REFUSED, apply)

    def promote(self):
        """The links move."""
        model = self.model
        release = self.pick("published")
        if release is None:
            return
        waits = self.random.random() < 0.1
        arguments = ["promote", release.name] + ([] if waits else ["--skip-soak"])
        outcome = model.plan_promote(release, not waits, False)
        if outcome == REFUSED and self.random.random() < 0.3:
            if not model.held_among(release.listed):
                arguments += ["--override-checks", "we know"]
                outcome = model.plan_promote(release, not waits, True)
        if release.passed is None and release.state == "published" and not waits:
            outcome = BOTH if outcome == REFUSED else outcome
        if outcome == DONE and not model.fits(release):
            outcome = BOTH
        files = self.announcement(arguments)
        if release.state == "current" and files:
            # Who only wants the announcement gets it.
            self.run(arguments, DONE, lambda: None, files)
            return

        def apply():
            model.promote(release, time.time())

        self.run(arguments, outcome, apply, files)

    def rollback(self):
        """The links move back."""
        model = self.model
        target = model.rollback_target()
        outcome = DONE if target is not None else REFUSED
        if target is not None and not model.fits(target) and model.held_among(target.listed):
            # Refused with everything as it was, or done with all that belongs to it.
            outcome = BOTH

        def apply():
            model.rollback(target, time.time())

        self.run(["rollback", MAJOR], outcome, apply)

    def abandon(self):
        """A release that nobody wants goes."""
        release = self.pick("staged", "published")
        if release is None:
            return

        def apply():
            release.state, release.places = "abandoned", set()

        outcome = DONE if release.state in ("staged", "published") else REFUSED
        self.run(["abandon", release.name], outcome, apply)

    def archive(self):
        """A superseded release gets its place below the archive root."""
        release = self.pick("superseded")
        if release is None:
            return

        def apply():
            release.state, release.archived_at = "archived", time.time()
            release.places.add("archive")

        outcome = DONE if release.state == "superseded" else REFUSED
        self.run(["archive", release.name], outcome, apply)

    def removable(self):
        """Archived releases whose original is still there."""
        return [r for r in self.model.releases.values()
                if r.state == "archived" and r.places == {"public", "archive"}]

    def remove_original(self):
        """The original of an archived release goes, once the grace time is over."""
        chosen = self.removable()
        release = self.random.choice(chosen) if chosen else self.pick("superseded")
        if release is None:
            return
        outcome = REFUSED
        if release in chosen:
            left = release.archived_at + GRACE + 1.5 - time.time()
            outcome = DONE
            if left > 0 and self.random.random() < 0.3:
                outcome = BOTH
            elif left > 0:
                time.sleep(left)
        self.run(["archive", release.name, "--remove-original"], outcome,
                 lambda: release.places.discard("public"))

    def restore(self):
        """An archived release comes back; the archive keeps it."""
        release = self.pick("archived")
        if release is None:
            return

        def apply():
            release.state = "superseded"
            release.places.add("public")

        outcome = DONE if release.state == "archived" else REFUSED
        self.run(["restore", release.name], outcome, apply)

    def link_archive(self):
        """Equal files of the archive become one; nobody sees a difference."""
        release = self.pick("archived")
        if release is None:
            return
        outcome = DONE if "archive" in release.places else REFUSED
        self.run(["archive", "link", release.name], outcome, lambda: None)

    def read_archive(self):
        """The archive is read back, and nothing is wrong with it."""
        archived = any("archive" in r.places for r in self.model.releases.values())
        self.run(["archive", "verify", MAJOR], DONE if archived else REFUSED, lambda: None)

    def endable(self):
        """The last release, where nothing depends on the stream any more."""
        current = self.model.current
        if current is None or self.model.held_among(current.listed):
            return None
        others = [r for r in self.model.releases.values() if r is not current]
        return None if any(r.state not in ("archived", "abandoned") for r in others) else current

    def end(self):
        """The stream ends, gets nothing, and goes on again."""
        release = self.endable()
        if release is None:
            self.run(["end", MAJOR], REFUSED, lambda: None)
            return
        self.run(["end", MAJOR], DONE, lambda: release.places.add("archive"))
        arguments = ["update", MAJOR, "--rpms", self.stage.pool]
        self.run(arguments, REFUSED, lambda: None)
        self.run(["end", MAJOR, "--undo"], DONE, lambda: release.places.discard("archive"))

    # ----------------------------------------------------------------- updates

    def announcement(self, arguments):
        """Lets the command write an announcement now and then; returns the files."""
        if self.random.random() > 0.3:
            return []
        file = os.path.join(self.stage.directory, f"announcement-{self.step}.txt")
        arguments += ["--announcement", file]
        return [file]

    def push(self, arguments, planned):
        """Runs an update that should come to what is planned; where checks stop it, now
        and then over their heads."""
        outcome, push, after, lifted = planned
        model, current = self.model, self.model.current
        is_stopped_by_checks = push is not None and push.is_allowed
        passed = push is not None and {DONE: True, REFUSED: False, BOTH: None}[
            model.judge(current, after, [build for build, _ in push.unlisted])]
        if is_stopped_by_checks and outcome == REFUSED and self.random.random() < 0.3 \
                and model.changes_bytes(after, model.baseline(current)) == DONE \
                and model.changes_bytes(after, current) == DONE:
            arguments += ["--override-checks", "we know"]
            outcome = DONE

        def apply():
            now = time.time()
            if push is not None:
                model.record(push, lifted, passed, now)
            model.sweep(now, GRACE)

        files = self.announcement(arguments) if push is not None else []
        self.run_beside_testing(arguments, outcome, apply, files, push)

    def update(self):
        """What is new reaches users."""
        self.push(["update", MAJOR, "--rpms", self.stage.pool], self.model.plan_update())

    def select(self):
        """Some of what is new, or all but some."""
        if self.model.current is None:
            return
        _, push, _, _ = self.model.plan_update()
        new = [b.nvr for b in push.listed] if push else []
        nvr = self.random.choice(new) if new and self.random.random() < 0.9 else "nothing-1-1.el7"
        arguments = ["update", MAJOR, "--rpms", self.stage.pool]
        if self.random.random() < 0.5:
            self.push([*arguments, nvr], self.model.plan_update(only=[nvr]))
        else:
            self.push([*arguments, "--skip", nvr], self.model.plan_update(skip=[nvr]))

    def again(self):
        """A build that was taken out may come back."""
        held = sorted(self.model.holds)
        live = sorted(b.nvr for b in self.model.live().values() if b.nvr in self.model.holds)
        chosen = live if live and self.random.random() < 0.8 else held
        if not chosen or self.model.current is None:
            return
        nvr = self.random.choice(chosen)
        self.push(["update", MAJOR, "--rpms", self.stage.pool, "--again", nvr],
                  self.model.plan_update(again=[nvr]))

    def withdraw(self):
        """Builds leave what users get; now and then ones that they never had."""
        current = self.model.current
        if current is None or not current.listed:
            return
        newest = sorted(b.nvr for b in self.model.newest(current.listed).values())
        chosen = self.random.sample(newest, min(len(newest), self.random.choice([1, 1, 1, 2])))
        if self.random.random() < 0.2:
            chosen = [self.random.choice(sorted(b.nvr for b in current.listed))]
        if self.random.random() < 0.06:
            chosen.append("nothing-1.0-1.el7")
        arguments = ["update", MAJOR, "--reason", "it eats data"]
        for nvr in chosen:
            arguments += ["--withdraw", nvr]
        self.push(arguments, self.model.plan_withdraw(chosen))

    def undo(self):
        """The newest push is taken back."""
        self.push(["update", MAJOR, "--undo", "--reason", "all of it was wrong"],
                  self.model.plan_undo())
