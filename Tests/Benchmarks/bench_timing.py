"""Runs commands, and takes their seconds, their CPU time and their peak memory."""

import dataclasses
import os
import signal
import statistics
import subprocess
import tempfile
import time

# No command is waited for longer, in seconds.
LIMIT = 2 * 3600
# What is shown of the output of a command that failed, in bytes.
SHOWN = 6000

# The two that are compared.
OURS, PEER = "ours", "peer"


class Failed(Exception):
    """A command failed, or two outputs differ."""


class Skipped(Exception):
    """A case cannot be measured on this machine."""


@dataclasses.dataclass(frozen=True)
class Command:
    """One process: its words, where it runs, and what its environment has besides."""

    words: tuple
    directory: str = "/"
    environment: dict = dataclasses.field(default_factory=dict)
    statuses: tuple = (0,)


@dataclasses.dataclass(frozen=True)
class Measure:
    seconds: float
    cpu: float  # seconds of all processes, of the user and of the system
    peak: float  # MiB of the greatest process


def command(*words, directory="/", statuses=(0,), **environment):
    return Command(tuple(map(str, words)), directory, environment, statuses)


def too_late(*_):
    raise Failed(f"took longer than {LIMIT} seconds")


def run(one):
    """Runs a command to its end. One that fails, or is interrupted, leaves no process.

    A process begins with the peak memory of the one that started it, so this one stays
    small: what needs much memory is a program of its own.
    """
    with tempfile.TemporaryFile() as output:
        signal.signal(signal.SIGALRM, too_late)
        signal.alarm(LIMIT)
        began = time.monotonic()
        process = subprocess.Popen(
            one.words, cwd=one.directory,
            env={**os.environ, "LC_ALL": "C.UTF-8", "EPEL_COMPOSE_CACHE": "off", **one.environment},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if isinstance(error, Failed):
                raise Failed(f"{' '.join(one.words)}\n{error}") from None
            raise
        finally:
            signal.alarm(0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in one.statuses:
            output.seek(max(0, output.seek(0, os.SEEK_END) - SHOWN))
            raise Failed(f"{' '.join(one.words)}\n{output.read().decode(errors='replace')}"
                         f"exit status {process.returncode}")
    return Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(commands):
    """One run of several commands, one after the other."""
    measures = [run(one) for one in commands]
    return Measure(sum(one.seconds for one in measures), sum(one.cpu for one in measures),
                   max(one.peak for one in measures))


def median(measures):
    """The median of each figure by itself."""
    return Measure(*(statistics.median(getattr(one, field.name) for one in measures)
                     for field in dataclasses.fields(Measure)))


def run_once(scratch, prepare):
    """One run in a fresh directory, which stays: ext4 is slow to use inodes again that were
    freed a moment ago. What the preparing wrote is flushed before, so that it is not the
    measured one that waits for it."""
    directory = scratch.fresh()
    commands = prepare(directory)
    run(command("sync", "-f", scratch))
    try:
        return directory, measure(commands)
    finally:
        scratch.unmount()


def contest(scratch, ours, peer, rounds, verify=None):
    """Runs both in turn, each going first in every second round; the measures of each. The
    first round warms up; then verify looks at what both made, and only then it counts."""
    measures = {OURS: [], PEER: []}
    for number in range(rounds + 1):
        sides = [(OURS, ours), (PEER, peer)]
        made = {}
        for name, prepare in sides if number % 2 == 0 else reversed(sides):
            made[name], took = run_once(scratch, prepare)
            if number:
                measures[name].append(took)
        if verify and number == 0:
            verify(made[OURS], made[PEER])
    return measures


def solo(scratch, prepare, rounds):
    """The measures of one without a peer, after a run that warms up."""
    return [run_once(scratch, prepare)[1] for _ in range(rounds + 1)][1:]
