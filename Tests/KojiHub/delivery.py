"""Sending a reply, or what a fault makes of it."""

import time
import zlib

import pages
import wire
from connection import Gone
from replies import Reply, koji

ENDLESS_ROW = (
    "<value><struct>\n<member>\n<name>name</name>\n<value><string>kernel</string></value>\n"
    "</member>\n</struct></value>\n")
ENDLESS_HEAD = (wire.HEADER + "<methodResponse>\n<params>\n<param>\n<value><array><data>\n")
BOMB_BYTES = 8 * 1024**3

# what stands in for a reply that the hub itself did not give
PAGES = {
    "502": Reply(502, pages.BAD_GATEWAY),
    "503": Reply(503, pages.UNAVAILABLE, close=True),
    "502-after": Reply(502, pages.PROXY_ERROR, reason="Proxy Error"),
    "503-after": Reply(503, pages.UNAVAILABLE, close=True),
    "html": Reply(200, pages.LOGIN_PORTAL),
}


def offline(encrypted, text=None):
    return koji(wire.fault(1014, text or "hub is down for scheduled maintenance"), encrypted)


def plain(connection, reply):
    connection.send(reply.head() + reply.body)


def drip(connection, reply, for_ever):
    """Headers at once, then a byte a second."""
    body = reply.body if not for_ever else (ENDLESS_HEAD + ENDLESS_ROW * 20000).encode()
    connection.send(reply.head(len(body)))
    for place in range(len(body)):
        time.sleep(1)
        connection.send(body[place:place + 1])


def truncated(connection, reply):
    connection.send(reply.head() + reply.body[:len(reply.body) // 2])
    connection.close()
    raise Gone


def endless(connection, _reply):
    head = koji(b"").head(-1)
    connection.send(head.replace(b"Content-Type", b"Connection: close\r\nContent-Type"))
    connection.send(ENDLESS_HEAD.encode())
    rows = (ENDLESS_ROW * 500).encode()
    while True:
        connection.send(rows)


def bomb(connection, _reply):
    """A few megabytes that become gigabytes: one compressed block, many times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = (ENDLESS_ROW * 10000).encode()
    first = packer.compress(ENDLESS_HEAD.encode()) + packer.flush(zlib.Z_FULL_FLUSH)
    repeated = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    head = koji(b"").head(-1).replace(
        b"Content-Type", b"Content-Encoding: gzip\r\nConnection: close\r\nContent-Type")
    connection.send(head + first)
    for _ in range(BOMB_BYTES // len(block)):
        connection.send(repeated)
    connection.close()
    raise Gone


def with_control_characters(body):
    """The reply with raw control characters in its last string."""
    place = body.rfind(b"</string>")
    if place < 0:
        place = body.rfind(b"</params>")
        extra = b"<param>\n<value><string>\x01\x1b</string></value>\n</param>\n"
        return body[:place] + extra + body[place:]
    return body[:place] + b"\x01\x1b[0m" + body[place:]


def deliver(connection, reply, kind=None):
    """Send the reply in the way the fault wants; Gone when nothing may follow."""
    if kind in ("reset-before", "reset-after"):
        connection.reset()
        raise Gone
    if kind == "silent":
        connection.wait_until_gone()
    special = {
        "stall": lambda *both: drip(*both, for_ever=True),
        "stall-after": lambda *both: drip(*both, for_ever=False),
        "truncated": truncated,
        "endless": endless,
        "bomb": bomb,
    }
    special.get(kind, plain)(connection, reply)
    if reply.close:
        connection.close()
        raise Gone
