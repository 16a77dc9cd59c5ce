"""What can be wrong in a world of mirrors, each by a name of its own."""

KINDS = {
    "missing": "a client was told of a file that its mirror does not have (404)",
    "checksum": "a client got other bytes than it was told of",
    "older": "a client got an older repomd.xml than before",
    "server": "a web server answered 5xx",
    "client": "dnf or zypper could not do what it should",
    "lists": "the lists do not say what is on the primary mirror, or nobody told a mirror",
    "state": "a mirror is not what it should be after it has synchronised",
    "head": "a mirror's head.json is not its state",
    "unfinished": "an unfinished copy reached a mirror",
    "cost": "a mirror transferred more than it has to",
    "handover": "a hand-over to MirrorManager leads clients elsewhere than the links lead",
    "logs": "`logs` says something else than what clients know",
    "gate": "the program did something that it should refuse, or the other way round",
}


class Broken(Exception):
    """The world cannot go on: a program did not do what it should."""
