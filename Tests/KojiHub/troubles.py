"""Faults that a test arms, and when they strike.

`at` counts RPC calls from the moment of arming, from 1; with a method name only
calls of that method count, a multiCall being one call.
"""

import threading

BEFORE = {"502", "503", "offline", "html", "reset-before", "stall", "silent", "endless",
          "bomb", "expired", "badsession", "restart", "redirect"}
AFTER = {"502-after", "503-after", "reset-after", "stall-after", "truncated",
         "truncated-xml", "control-characters", "deadlock", "entry"}


class Trouble:
    def __init__(self, kind, at=1, count=1, seconds=None, method=None, location=None,
                 text=None):
        if kind not in BEFORE | AFTER:
            raise ValueError(f"unknown kind of fault: {kind}")
        self.kind = kind
        self.at = at
        self.count = count
        self.seconds = seconds
        self.method = method
        self.location = location
        self.text = text
        self.seen = 0

    def strikes(self, method):
        if self.method is not None and method != self.method:
            return False
        self.seen += 1
        return self.at <= self.seen < self.at + self.count


class Troubles:
    def __init__(self):
        self.armed = []
        self.lock = threading.Lock()

    def arm(self, **given):
        trouble = Trouble(**given)
        with self.lock:
            self.armed.append(trouble)

    def calm(self):
        with self.lock:
            self.armed.clear()

    def next(self, method):
        """The fault that strikes this call, the first armed one of several."""
        with self.lock:
            struck = [trouble for trouble in self.armed if trouble.strikes(method)]
        return struck[0] if struck else None
