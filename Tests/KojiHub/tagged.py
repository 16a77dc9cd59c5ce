"""What is tagged with a tag, and which of it listTagged shows."""

import lookups
from context import method
from errors import HubError
from wire import Row

COMPLETE = 1


def package_entries(call, tag, event=None):
    """{package id: (blocked, extra arches)} of a tag and of what it inherits: what is
    nearer counts."""
    found = {}
    for each in reversed([tag] + call.store.tag_parents.get(tag, [])):
        found.update({
            entry.key[1]: entry.data for entry in call.store.tag_packages.at(each, event)
        })
    return found


def tagged_entries(call, tag, event=None, newest_first=True):
    """The tagging of complete builds, hidden ones too."""
    entries = [
        entry for entry in call.store.tag_listing.at(tag, event)
        if entry.data.info["state"] == COMPLETE
    ]
    entries.sort(key=lambda entry: (entry.create, entry.data.id), reverse=newest_first)
    return entries


def visible_entries(call, tag, event=None, latest=False, package=None, owner=None,
                    draft=None):
    """The tagging that listTagged shows: of listed packages that are not blocked.

    "Latest" is the most recently tagged, or the N most recently tagged.
    """
    listed = package_entries(call, tag, event)
    limit = 1 if latest is True else latest
    seen = {}
    for entry in tagged_entries(call, tag, event):
        build = entry.data
        if package and build.name != package:
            continue
        if draft is not None and build.listed["draft"] != draft:
            continue
        if owner and build.listed["owner_name"] != owner:
            continue
        state = listed.get(build.package_id)
        if state is None or state["blocked"]:
            continue
        if limit:
            count = seen.get(build.package_id, 0)
            if count >= limit:
                continue
            seen[build.package_id] = count + 1
        yield entry


def build_row(call, entry, extra=False):
    """The struct of a tagged build, kept with its tagging."""
    if entry.cache is None:
        tag = entry.key[0]
        entry.cache = Row(entry.data.listed)
        entry.cache.update(
            tag_id=tag, tag_name=call.store.tags.get(tag), create_event=entry.create)
    if not extra:
        return entry.cache
    return dict(sorted({**entry.cache, "extra": None}.items()))


def rpm_row(rpm, sigkey, extra):
    """The struct of an RPM; sigkey is None where signatures are not asked for."""
    key = (sigkey, extra)
    row = rpm.rows.get(key)
    if row is None:
        row = Row(rpm.base)
        if sigkey is None:
            del row["sigkey"]
        else:
            row["sigkey"] = sigkey
        if not extra:
            del row["extra"]
        rpm.rows[key] = row
    return row


def check_type(build_type):
    if build_type not in (None, "rpm", "maven", "win", "image"):
        raise HubError(f"unsupported build type: {build_type}")
    return build_type in (None, "rpm")


@method("listTagged")
def list_tagged(call, tag, event=None, inherit=False, prefix=None, latest=False,
                package=None, owner=None, type=None, strict=True, extra=False, draft=None):
    info = lookups.tag(call, tag, strict=strict, event=event)
    if info is None or not check_type(type):
        return []
    rows = [
        build_row(call, entry, extra)
        for entry in visible_entries(call, info["id"], event, latest, package, owner, draft)
    ]
    if prefix:
        prefix = prefix.lower()
        rows = [row for row in rows if row["package_name"].lower().startswith(prefix)]
    return rows


@method("listTaggedRPMS")
def list_tagged_rpms(call, tag, event=None, inherit=False, latest=False, package=None,
                     arch=None, rpmsigs=False, owner=None, type=None, strict=True,
                     extra=True, draft=None):
    info = lookups.tag(call, tag, strict=strict, event=event)
    if info is None:
        return []
    if arch and not isinstance(arch, (str, list)):
        raise HubError("Invalid type for arch option: " + str(arch.__class__))
    wanted = [arch] if isinstance(arch, str) else arch
    if not check_type(type):
        return [[], []]
    entries = list(visible_entries(call, info["id"], event, latest, package, owner, draft))
    rows = []
    for entry in reversed(entries):
        for rpm in entry.data.rpms:
            if wanted and rpm.base["arch"] not in wanted:
                continue
            for sigkey in rpm.sigkeys if rpmsigs else (None,):
                rows.append(rpm_row(rpm, sigkey, bool(extra)))
    return [rows, [build_row(call, entry) for entry in entries]]
