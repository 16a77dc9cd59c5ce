#!/usr/bin/python3
"""A throwaway certificate authority, a server certificate, and client certificates.

    make_certs.py DIRECTORY [USER...]

Makes ca.pem, server.pem and server.key (for localhost and 127.0.0.1), and for each
user USER.pem, certificate and key in one file as the koji command wants them, and
untrusted.pem, which another authority signed. Keys are made when a test runs and are
never kept.
"""

import os
import subprocess
import sys


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.PIPE)


def make_authority(directory, name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-days", "2", "-subj", f"/CN=Test authority {name}",
            "-keyout", f"{directory}/{name}.key", "-out", f"{directory}/{name}.pem")


def make_certificate(directory, authority, name, common_name, extensions):
    base = f"{directory}/{name}"
    with open(base + ".ext", "w", encoding="utf-8") as stream:
        stream.write(extensions)
    openssl("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-subj", f"/CN={common_name}",
            "-keyout", base + ".key", "-out", base + ".csr")
    openssl("x509", "-req", "-in", base + ".csr", "-days", "2",
            "-CA", f"{directory}/{authority}.pem", "-CAkey", f"{directory}/{authority}.key",
            "-CAcreateserial", "-extfile", base + ".ext", "-out", base + ".pem")
    os.remove(base + ".csr")
    os.remove(base + ".ext")


def join_key(directory, name):
    """Certificate and key in one file."""
    with open(f"{directory}/{name}.key", encoding="ascii") as stream:
        key = stream.read()
    with open(f"{directory}/{name}.pem", "a", encoding="ascii") as stream:
        stream.write(key)


def make(directory, users):
    os.makedirs(directory, exist_ok=True)
    make_authority(directory, "ca")
    make_authority(directory, "other-ca")
    make_certificate(directory, "ca", "server", "localhost",
                     "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    client = "extendedKeyUsage=clientAuth\n"
    for user in users:
        make_certificate(directory, "ca", user, user, client)
        join_key(directory, user)
    make_certificate(directory, "other-ca", "untrusted", "untrusted", client)
    join_key(directory, "untrusted")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    make(sys.argv[1], sys.argv[2:] or ["releng"])
