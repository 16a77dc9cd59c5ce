"""A life: its input, how it runs commands, and how it compares what came of them with the
model. Which steps there are is in steps.py."""
import os
import random

import stage as places
from model import BOTH, DONE, REFUSED, Model
from stage import Stage

LIBRARIES = ("atlas", "beryl", "cedar", "delta")
APPLICATIONS = ("fennel", "garnet", "hazel", "indigo", "juniper", "krill", "laurel")
# Made of machine code, so that each architecture has files of its own.
MACHINE_CODE = ("beryl", "delta", "hazel", "krill")


class Running:
    """A stream from its first release on, without its steps."""

    def __init__(self, program, directory, seed, plugins):
        self.seed = seed
        self.random = random.Random(f"{seed}")
        self.stage = Stage(program, directory, seed, plugins)
        arches = ["x86_64"] if self.random.random() < 0.5 else ["x86_64", "aarch64"]
        self.model = Model(arches, self.random.choice([None, None, 2, 3]),
                           self.random.choice([1, 1, 100]))
        # Every build that was ever made, by package.
        self.history = {}
        self.step = 0
        self.kills = 0
        self.refusals = 0
        # Whether the command that was killed last had written its report.
        self.was_told = False
        self.previews = 0
        self.counts = {}
        # A key that the policy has not got for a while.
        self.lost_key = None
        self.write_policy()
        for package in LIBRARIES + APPLICATIONS[:5]:
            self.build(package)

    # ------------------------------------------------------------------- input

    def write_policy(self):
        """Writes the policy as the model has it."""
        keeps = "all" if self.model.keeps is None else f"{self.model.keeps} versions"
        self.stage.write_policy(self.model, keeps)

    def build(self, package, retires=False, key="", tests=False):
        """Makes the next build of `package` and tags it, as live or as tested."""
        number = len(self.history.get(package, [])) + 1
        binaries = [package, f"{package}-libs"] if package in LIBRARIES[:2] else [package]
        if self.step and self.random.random() < 0.15:
            # A part of it goes, which nothing replaces.
            binaries = [package]
        requires = []
        if package in APPLICATIONS:
            there = {b.package: b for b in self.model.live().values() if not b.retires}
            if tests:
                there.update((b.package, b) for b in self.model.tag.values())
            wanted = [there[name] for name in LIBRARIES if name in there]
            for library in self.random.sample(wanted, min(len(wanted), 2)):
                least = self.random.choice([0, library.number, max(1, library.number - 1)])
                requires.append((self.random.choice(library.binaries), least))
        key = self.model.keys[-1] if key == "" else key
        build = self.stage.build(package, number, binaries, package not in MACHINE_CODE, requires,
                                 retires, key)
        self.history.setdefault(package, []).append(build)
        (self.tag_tested if tests else self.tag)(build)
        return build

    def tag(self, build):
        """Makes `build` live, as far as no newer one is."""
        self.stage.tag(build)
        self.model.pool[build.nvr] = build

    def take_out(self, build):
        """Takes `build` out of the pool."""
        self.stage.untag(build)
        del self.model.pool[build.nvr]

    def tag_tested(self, build):
        """Brings `build` into the testing tag."""
        self.stage.tag(build, self.stage.tested)
        self.model.tag[build.nvr] = build

    def untag_tested(self, build):
        """Takes `build` out of the testing tag."""
        self.stage.untag(build, self.stage.tested)
        del self.model.tag[build.nvr]

    # ----------------------------------------------------------------- running

    def run(self, arguments, outcome, apply, files=(), preview=None):
        """Runs a command, and sees to it that it comes to `outcome`.

        apply    changes the model where the command was done
        files    what it must have written then
        preview  outcome of its dry run, where that is another one
        """
        if self.random.random() < 0.4:
            self.preview(arguments, outcome if preview is None else preview)
        before = self.stage.listing() if outcome != DONE else None
        status, printed = self.run_killed(arguments, outcome != REFUSED)
        if status == 2 and self.was_told and all(os.path.exists(file) for file in files):
            # It died with its report written: it had come to its end, and everyone knows.
            status = 0
        self.refusals += status != 0
        if status == 0 and outcome == REFUSED:
            self.stage.fault(f"{arguments} was done, and should have been refused:\n{printed}")
        elif status == 2 and outcome == DONE:
            self.stage.fault(f"{arguments} was refused, and should have been done:\n{printed}")
        elif status not in self.statuses(DONE) + self.statuses(REFUSED):
            self.stage.fault(f"{arguments} ended with {status}:\n{printed}")
        if status != 0 and before is not None:
            self.compare(arguments, before, self.stage.listing())
        self.stage.require()
        if status == 0:
            apply()
            for file in files:
                if not os.path.exists(file) or os.path.getsize(file) == 0:
                    self.stage.fault(f"{arguments} wrote no {file}")
        return status

    @staticmethod
    def statuses(outcome):
        """With which statuses a command may end that comes to `outcome`."""
        return {DONE: [0], REFUSED: [2], BOTH: [0, 2]}[outcome]

    def preview(self, arguments, outcome, statuses=None):
        """A dry run: it predicts the status, and changes no file.

        statuses  with which it may end; those of `outcome` if None
        """
        statuses = statuses or self.statuses(outcome)
        self.previews += 1
        before = self.stage.listing()
        status, printed = self.stage.run([*arguments, "--dry-run"])
        if status not in statuses:
            self.stage.fault(
                f"{arguments}: its dry run ended with {status}, and should with {statuses}:\n"
                f"{printed}")
        self.compare([*arguments, "--dry-run"], before, self.stage.listing(), all_of_it=True)

    def compare(self, arguments, before, after, all_of_it=False):
        """Notes what changed though nothing should have."""
        for path in sorted(before.keys() | after.keys()):
            if before.get(path) != after.get(path) and (
                    all_of_it or f"/{places.STATE}" not in path):
                self.stage.fault(f"{arguments} changed {path}")
        self.stage.require()

    def run_killed(self, arguments, may_die):
        """Runs a command to its end. Now and then it dies somewhere in its work: then
        clients notice nothing, and it is given again."""
        self.was_told = False
        if may_die and self.random.random() < 0.2:
            status, printed = self.stage.run(
                arguments, kill_after=self.stage.moment(arguments[0], self.random))
            if status != -9:
                return status, printed
            self.kills += 1
            self.was_told = printed != ""
            self.stage.look_at_links(self.model)
            self.stage.require()
        return self.stage.run(arguments)

    def check(self):
        """Compares everything with the model."""
        stage, model = self.stage, self.model
        _, release = stage.look_at_links(self.model)
        current = model.current
        if release != (current.name if current else None):
            stage.fault(f"the links lead to {release}, not {current and current.name}")
        stage.require()
        stage.check_trees(model, deep=self.step % 20 == 0)
        stage.check_states(model)
        if current is not None:
            held = model.held_among(current.listed)
            if held:
                stage.fault(f"users get {held}, which somebody took out")
            stage.ask_closure(f"after step {self.step}", current, model)
        stage.require()

    def next_step(self):
        """The name of a method that is a step."""
        raise NotImplementedError

    def live_on(self, steps, damage=None):
        """Takes so many steps; throws `Fault` where something is wrong.

        damage  changes something that users get, for one more look
        """
        for self.step in range(1, steps + 1):
            self.random = random.Random(f"{self.seed}-{self.step}")
            name = self.next_step()
            self.counts[name] = self.counts.get(name, 0) + 1
            self.stage.commands.append(f"# step {self.step}: {name}")
            getattr(self, name)()
            self.check()
        if damage is not None:
            damage(self.stage)
            self.check()
        self.stage.closure.finish()
        self.stage.check_trees(self.model, deep=True)
        self.stage.require()
