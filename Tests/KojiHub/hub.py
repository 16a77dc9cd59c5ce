#!/usr/bin/python3
"""A stand-in for a Koji hub, for tests: same bytes, in memory, driven by the test.

    hub.py --seed SEED.json [--port 0] [--topdir DIR]
           [--cert FILE --key FILE [--ca FILE [--post-handshake]]] [--keytab FILE]
           [--login-as USER] [--no-header-auth] [--ignore-session-callnum]
           [--no-gzip] [--idle-close SECONDS]

It listens on 127.0.0.1 only, prints one line {"port": N, "url": "..."} and ends when
its standard input does, at the latest after 15 minutes.

What is real. The replies follow recorded ones of Koji 1.35.3 byte for byte
(transcripts_test compares). Tags, package lists and tagging are versioned by events;
a failed call leaves nothing, a failed multiCall entry leaves the others; a number is
recorded only with a commit (a multiCall always commits); calls on one session wait
for each other, also for the `latency`. distRepo makes repositories with createrepo_c.
What is not: there are no hosts and groups, only package lists are inherited, there are
no policies other than the default ones, and tagBuild's task is over at once.

Login is by client certificate (its CN), in the handshake or with --post-handshake in
mid-connection; by Kerberos with --keytab; by `login` with the password of the seed;
or, for tests without TLS, everybody is --login-as. GET /files/... reads the topdir.

Seed (JSON): clock; users [{name, permissions, principal, password}]; tags [{name,
arches, locked, perm, extra, parents}]; targets [{name, build_tag, dest_tag}]; builds [{name,
version, release, epoch, owner, volume, completion_ts, state, draft, rpms [{name, version,
release, epoch, arch, size, buildtime, payloadhash, sigkeys}]}]; packages [{tag, package, owner, blocked, extra_arches}];
tagged [{tag, build (NVR), ts}] in order of tagging. A user kojiadmin is always there.

POST /_control, or a line of standard input, takes and gives JSON, outside the log and
the counting:
  {"do": "reset"}   the seed, no sessions, no faults, switches as at the start
  {"do": "fault", "kind", "at", "count", "seconds", "method", "location",
                    "text"}
                    see troubles.py for the kinds, delivery.py for what they send
  {"do": "calm"}    no faults any more; everything else stays
  {"do": "log"}     calls, connections, file requests
  {"do": "state"}   tags with visible and hidden builds and package lists; tasks
  {"do": "history", "tag"}   every tagging, revoked ones too
  {"do": "expire"}  all sessions expire
  {"do": "call", "method", "params", "user"}   somebody else calls a method
  {"do": "set", NAME: VALUE}   latency, gzip, header_auth, ignore_session_callnum,
                    idle_close, dist_repo ("ok", "fail", "cancel", "hang"),
                    dist_repo_seconds, dist_repo_links ("hard", "symlink"),
                    dist_repo_policy, package_list_policy ("allow", "deny")
"""

import argparse
import json
import os
import sys
import threading

import control
from core import Hub
from gate import Gate
from server import Server, tls_context
from service import Service

LIFETIME = 15 * 60


def arguments():
    parser = argparse.ArgumentParser(description="A stand-in for a Koji hub.")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--topdir")
    parser.add_argument("--ca")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--post-handshake", action="store_true")
    parser.add_argument("--keytab")
    parser.add_argument("--login-as")
    parser.add_argument("--no-header-auth", action="store_true")
    parser.add_argument("--ignore-session-callnum", action="store_true")
    parser.add_argument("--no-gzip", action="store_true")
    parser.add_argument("--idle-close", type=float)
    return parser.parse_args()


def obey_stdin(hub):
    """Each line is a control message and gets a line in reply; the end is the end."""
    for line in sys.stdin.buffer:
        print(control.answer(hub, line).body.decode().strip(), flush=True)
    os._exit(0)


def main():
    given = arguments()
    with open(given.seed, encoding="utf-8") as stream:
        seed = json.load(stream)
    topdir = os.path.abspath(given.topdir) if given.topdir else None
    hub = Hub(
        seed, topdir, header_auth=not given.no_header_auth,
        ignore_session_callnum=given.ignore_session_callnum,
        gzip=not given.no_gzip, idle_close=given.idle_close)
    context = None
    if given.cert:
        context = tls_context(given.ca, given.cert, given.key, given.post_handshake)
    server = Server(given.port, context)
    gate = Gate(given.post_handshake, given.keytab, given.login_as)
    threading.Thread(target=obey_stdin, args=(hub,), daemon=True).start()
    timer = threading.Timer(LIFETIME, os._exit, (0,))
    timer.daemon = True
    timer.start()
    scheme = "https" if context else "http"
    ready = {"port": server.port, "url": f"{scheme}://localhost:{server.port}/kojihub"}
    print(json.dumps(ready), flush=True)
    server.run(Service(hub, server, gate))


if __name__ == "__main__":
    main()
