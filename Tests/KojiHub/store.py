"""Versioned tables with undo, in memory.

Koji never deletes: a row has the event that made it and, later, the event that
revoked it, so that any past state can be read. Every change also leaves its undo in
a journal. A failed call, or a failed entry of a multiCall, is undone down to a mark,
and a reset undoes everything since the seed: its cost is that of the changes, not of
the data. Sequences are not undone by a rollback, as in PostgreSQL: there are gaps.
"""

import bisect
import threading


class Entry:
    """One version of one thing. `key` is (group, member); data never changes."""

    __slots__ = ("key", "data", "create", "revoke", "creator", "revoker", "cache")

    def __init__(self, key, data, create, creator):
        self.key = key
        self.data = data
        self.create = create
        self.creator = creator
        self.revoke = None
        self.revoker = None
        self.cache = None


class Table:
    """All versions of one kind of thing, in order of creation, by group."""

    def __init__(self, journal):
        self.journal = journal
        self.entries = {}
        self.active = {}

    def insert(self, key, data, event, user):
        group, member = key
        entry = Entry(key, data, event, user)
        self.entries.setdefault(group, []).append(entry)
        self.active.setdefault(group, {})[member] = entry
        self.journal.append((self._undo_insert, entry))
        return entry

    def _undo_insert(self, entry):
        group, member = entry.key
        self.entries[group].pop()
        del self.active[group][member]

    def revoke(self, key, event, user):
        """True if there was something to revoke."""
        group, member = key
        entry = self.active.get(group, {}).pop(member, None)
        if entry is None:
            return False
        entry.revoke, entry.revoker = event, user
        self.journal.append((self._undo_revoke, entry))
        return True

    def _undo_revoke(self, entry):
        group, member = entry.key
        entry.revoke = entry.revoker = None
        self.active[group][member] = entry

    def get(self, key):
        return self.active.get(key[0], {}).get(key[1])

    def at(self, group, event=None):
        """The entries of a group now, or at an event."""
        if event is None:
            return list(self.active.get(group, {}).values())
        return [
            entry for entry in self.entries.get(group, ())
            if entry.create <= event and (entry.revoke is None or event < entry.revoke)
        ]

    def history(self):
        for group in self.entries.values():
            yield from group


class Mapping:
    """A plain dictionary whose changes can be undone."""

    def __init__(self, journal):
        self.journal = journal
        self.items = {}

    def set(self, key, value):
        self.journal.append((self._undo, (key, self.items.get(key), key in self.items)))
        self.items[key] = value

    def _undo(self, saved):
        key, value, was_there = saved
        if was_there:
            self.items[key] = value
        else:
            del self.items[key]

    def get(self, key):
        return self.items.get(key)


class Store:
    """The data of the hub. Whoever reads or writes holds `lock`."""

    EVENT_STEP = 0.25

    def __init__(self):
        self.lock = threading.RLock()
        self.journal = []
        self.sequences = {}
        self.base_sequences = {}
        self.base_clock = 0.0
        self.event_ids = []
        self.event_times = []
        self.clock = 0.0
        self.users = Mapping(self.journal)
        self.user_ids = Mapping(self.journal)
        self.packages = Mapping(self.journal)
        self.package_ids = Mapping(self.journal)
        self.tags = Mapping(self.journal)
        self.tag_ids = Mapping(self.journal)
        self.tasks = Mapping(self.journal)
        self.repos = Mapping(self.journal)
        self.tag_config = Table(self.journal)
        self.tag_extra = Table(self.journal)
        self.tag_listing = Table(self.journal)
        self.tag_packages = Table(self.journal)
        self.tag_owners = Table(self.journal)
        self.tag_parents = {}
        self.build_targets = []
        self.permissions = {}
        self.volumes = {"DEFAULT": 0}
        self.builds = {}
        self.builds_by_nvr = {}
        self.rpms = {}
        self.rpms_by_name = {}

    def next(self, sequence):
        value = self.sequences.get(sequence, 0) + 1
        self.sequences[sequence] = value
        return value

    def new_event(self, at=None):
        """A new event. Time only goes forward."""
        self.clock = max(self.clock + self.EVENT_STEP, at or 0.0)
        event = self.next("events")
        self.event_ids.append(event)
        self.event_times.append(self.clock)
        self.journal.append((self._undo_event, event))
        return event

    def _undo_event(self, _event):
        self.event_ids.pop()
        self.event_times.pop()

    def event_time(self, event):
        place = bisect.bisect_left(self.event_ids, event)
        if place < len(self.event_ids) and self.event_ids[place] == event:
            return self.event_times[place]
        return None

    def mark(self):
        return len(self.journal)

    def rollback(self, mark):
        while len(self.journal) > mark:
            undo, what = self.journal.pop()
            undo(what)

    def seal(self):
        """What is there now is the seed: reset() comes back here."""
        self.journal.clear()
        self.base_sequences = dict(self.sequences)
        self.base_clock = self.clock

    def reset(self):
        self.rollback(0)
        self.sequences = dict(self.base_sequences)
        self.clock = self.base_clock
