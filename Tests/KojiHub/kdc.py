#!/usr/bin/python3
"""A throwaway Kerberos realm, KOJI.TEST, for as long as standard input stays open.

    kdc.py DIRECTORY [USER...]

Makes the realm in DIRECTORY, with a keytab for HTTP/localhost (http.keytab, for the
hub) and one for each user (USER.keytab, by default releng), runs krb5kdc on a port of
127.0.0.1 and prints {"krb5_config", "keytab", "port"}. Hub and clients need
KRB5_CONFIG=krb5_config. Needs Debian's krb5-kdc; a client also krb5-user.
"""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

REALM = "KOJI.TEST"
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

CLIENT_CONFIG = """[libdefaults]
    default_realm = {realm}
    dns_lookup_kdc = false
    dns_lookup_realm = false
    dns_canonicalize_hostname = false
    rdns = false
    udp_preference_limit = 1
[realms]
    {realm} = {{
        kdc = 127.0.0.1:{port}
    }}
[domain_realm]
    localhost = {realm}
"""

SERVER_CONFIG = """[kdcdefaults]
    kdc_listen = 127.0.0.1:{port}
    kdc_tcp_listen = 127.0.0.1:{port}
[realms]
    {realm} = {{
        database_name = {directory}/principal
        key_stash_file = {directory}/stash
        acl_file = {directory}/kadm5.acl
        max_life = 1h
    }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def die_with_parent():
    """Whoever kills this script must not leave the KDC behind."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def write(path, text):
    with open(path, "w", encoding="ascii") as stream:
        stream.write(text)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    directory = os.path.abspath(sys.argv[1])
    users = sys.argv[2:] or ["releng"]
    if shutil.which("krb5kdc", path=PATH) is None:
        sys.exit("krb5kdc is not installed")
    os.makedirs(directory, exist_ok=True)
    values = {"realm": REALM, "port": free_port(), "directory": directory}
    config = f"{directory}/krb5.conf"
    write(config, CLIENT_CONFIG.format(**values))
    write(f"{directory}/kdc.conf", SERVER_CONFIG.format(**values))
    write(f"{directory}/kadm5.acl", "")
    environment = {**os.environ, "PATH": PATH, "KRB5_CONFIG": config,
                   "KRB5_KDC_PROFILE": f"{directory}/kdc.conf"}

    def run(*words):
        done = subprocess.run(words, env=environment, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{words[0]}: {done.stderr}")

    run("kdb5_util", "create", "-s", "-r", REALM, "-P", "only for tests")
    for principal, keytab in [("HTTP/localhost", "http"), *((user, user) for user in users)]:
        run("kadmin.local", "-r", REALM, "-q", f"addprinc -randkey {principal}")
        run("kadmin.local", "-r", REALM, "-q",
            f"ktadd -k {directory}/{keytab}.keytab {principal}")
    server = subprocess.Popen(["krb5kdc", "-n", "-r", REALM], env=environment,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              preexec_fn=die_with_parent)
    try:
        wait_for(values["port"], server)
        print(json.dumps({"krb5_config": config, "keytab": f"{directory}/http.keytab",
                          "port": values["port"]}), flush=True)
        while sys.stdin.buffer.read(4096):
            pass
    finally:
        server.terminate()
        server.wait()


def wait_for(port, server):
    """Until the KDC takes connections."""
    for _ in range(100):
        if server.poll() is not None:
            sys.exit("krb5kdc ended at once")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit("krb5kdc does not answer")


if __name__ == "__main__":
    main()
