"""The top directory over HTTP: whole files and single ranges."""

import email.utils
import os
import re

import pages
from replies import Reply


def serve(topdir, request):
    """The reply to a GET or HEAD below /files/."""
    path = resolve(topdir, request.path[len("/files/"):])
    if path is None:
        return Reply(404, pages.NOT_FOUND)
    size = os.path.getsize(path)
    first, last = 0, size - 1
    changed = email.utils.formatdate(int(os.path.getmtime(path)), usegmt=True)
    status, headers = 200, [("Accept-Ranges", "bytes"), ("Last-Modified", changed)]
    known = email.utils.parsedate_to_datetime(request.headers["if-modified-since"]) \
        if "if-modified-since" in request.headers else None
    if known is not None and int(os.path.getmtime(path)) <= known.timestamp():
        return Reply(304, b"", headers=headers)
    wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", ""))
    if wanted and any(wanted.groups()):
        begin, end = wanted.groups()
        if begin:
            first, last = int(begin), min(int(end), size - 1) if end else size - 1
        else:
            first = max(size - int(end), 0)
        if first > last:
            return Reply(416, pages.NOT_FOUND, headers=[("Content-Range", f"bytes */{size}")])
        status = 206
        headers.append(("Content-Range", f"bytes {first}-{last}/{size}"))
    with open(path, "rb") as stream:
        stream.seek(first)
        body = stream.read(last - first + 1)
    kind = "application/x-rpm" if path.endswith(".rpm") else "application/octet-stream"
    return Reply(status, body, kind, headers)


def resolve(topdir, relative):
    """The file that is meant, if it is one, and below the top directory. Links may
    lead from one place in it to another, but not out of it."""
    if topdir is None:
        return None
    top = os.path.realpath(topdir)
    path = os.path.realpath(os.path.join(top, relative.lstrip("/")))
    if os.path.commonpath([top, path]) != top or not os.path.isfile(path):
        return None
    return path
