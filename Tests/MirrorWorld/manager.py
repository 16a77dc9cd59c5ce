"""MirrorManager's database: a PostgreSQL with the tables that hand-overs name."""
import glob
import os
import shutil
import subprocess
import tempfile
import time

import faults

NOBODY = 65534
# Columns and constraints as MirrorManager declares them; those that nothing here asks for are
# left out.
TABLES = """
CREATE TABLE arch (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE directory (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE repository (id serial PRIMARY KEY, name text NOT NULL UNIQUE, prefix text,
  arch_id integer REFERENCES arch, directory_id integer REFERENCES directory,
  disabled boolean NOT NULL DEFAULT false, UNIQUE (prefix, arch_id));
CREATE TABLE repository_redirect (id serial PRIMARY KEY, to_repo text,
  from_repo text NOT NULL UNIQUE, UNIQUE (from_repo, to_repo));
"""


def programs():
    """Directory of PostgreSQL's programs, of the newest version; None where there is none."""
    found = [place for place in glob.glob("/usr/lib/postgresql/*/bin")
             if os.access(os.path.join(place, "initdb"), os.X_OK)]
    return max(found, key=lambda place: float(place.split("/")[-2]), default=None)


class Manager:
    """The database; only where PostgreSQL is installed."""

    def __init__(self, world):
        self.world = world
        self.programs = programs()
        # The name of its socket must be short.
        self.place = tempfile.mkdtemp(prefix="world-", dir="/tmp")
        data = os.path.join(self.place, "data")
        os.mkdir(data, 0o700)
        self.user = []
        # It refuses to be run by root.
        if os.geteuid() == 0:
            for path in (self.place, data):
                os.chown(path, NOBODY, NOBODY)
            self.user = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        subprocess.run(
            ["setpriv", *self.user, "--", os.path.join(self.programs, "initdb"), "--auth=trust",
             "--username=manager", "--no-sync", "--encoding=UTF8", "-D", data],
            check=True, stdout=subprocess.DEVNULL, cwd=data, env={"LC_ALL": "C"}, timeout=120)
        world.processes.append(subprocess.Popen(
            ["setpriv", *self.user, "--pdeathsig", "TERM", "--",
             os.path.join(self.programs, "postgres"), "-D", data, "-k", self.place,
             "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=10"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=data, env={"LC_ALL": "C"}))
        end = time.monotonic() + 60
        while self.run("SELECT 1").returncode != 0:
            if time.monotonic() > end:
                raise faults.Broken("PostgreSQL does not start")
            time.sleep(0.1)
        self.succeed(TABLES)

    def close(self):
        """Removes what it has written, once its server has ended."""
        shutil.rmtree(self.place, ignore_errors=True)

    def run(self, sql):
        """Runs statements as an operator does: psql ends with 3 at the first error."""
        return subprocess.run(
            [os.path.join(self.programs, "psql"), "-h", self.place, "-U", "manager", "-d",
             "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"],
            input=sql, capture_output=True, text=True, check=False, timeout=60,
            env={"LC_ALL": "C"})

    def succeed(self, sql):
        """The same; it must succeed. Returns the rows, a line each."""
        done = self.run(sql)
        if done.returncode != 0:
            raise faults.Broken(f"psql: {done.stderr}\n{sql}")
        return done.stdout.splitlines()

    def scan(self, repositories):
        """Takes over what the scanner has found: directory (below /pub) by name and
        architecture."""
        self.succeed("".join(
            f"""
            INSERT INTO arch (name) VALUES ('{arch}') ON CONFLICT DO NOTHING;
            INSERT INTO directory (name) VALUES ('pub/{directory}') ON CONFLICT DO NOTHING;
            INSERT INTO repository (name, prefix, arch_id, directory_id)
              SELECT 'pub/{directory}', '{name}', a.id, d.id FROM arch a, directory d
              WHERE a.name = '{arch}' AND d.name = 'pub/{directory}'
              ON CONFLICT (prefix, arch_id) DO UPDATE
              SET name = EXCLUDED.name, directory_id = EXCLUDED.directory_id;
            """ for (name, arch), directory in repositories.items()))

    def redirects(self):
        """Where names of clients lead."""
        rows = self.succeed("SELECT from_repo, to_repo FROM repository_redirect;")
        return dict(row.split("|") for row in rows)

    def hand_over(self, directory, name, wanted):
        """Runs the file `name` of the hand-over, twice; names of clients must lead to
        `wanted` then. Whatever else lies in its directory must change nothing after it."""
        path = os.path.join(directory, name)
        for _ in range(2):
            with open(path, encoding="utf-8") as stream:
                self.succeed(stream.read())
        found = self.redirects()
        if found != wanted:
            self.world.fault("handover", f"after {name}, clients are led to {found}, not {wanted}")
        for other in sorted(os.listdir(directory)):
            if not other.endswith(".sql") or other == name:
                continue
            with open(os.path.join(directory, other), encoding="utf-8") as stream:
                status = self.run(stream.read()).returncode
            if self.redirects() != found:
                self.world.fault(
                    "handover", f"{other} is there after {name}, and leads clients to "
                    f"{self.redirects()} (status {status})")
                return
