"""Copying a tag: snapshotTag to a new one, snapshotTagModify to an existing one."""

import lookups
from context import method
from errors import HubError, ParameterError
from package_lists import add_to_list
from reads_tags import listed_rows
from tagged import visible_entries
from writes_builds import put, take
from writes_tags import edit_tag, make_tag


def copy_list(call, source, target, event, only=None):
    for row in listed_rows(call, source, event):
        if only is not None and row["package_name"] not in only:
            continue
        add_to_list(call, target, row["package_name"], row["owner_name"], row["blocked"],
                    row["extra_arches"], force=True, policy=False)
        call.forget_event()


@method("snapshotTag")
def snapshot_tag(call, src, dst, config=True, pkgs=True, builds=True, groups=True,
                 latest_only=True, inherit_builds=True, event=None, force=False):
    call.assert_perm("tag")
    if builds and not pkgs:
        raise ParameterError("builds can't be used without pkgs in snapshotTag")
    if lookups.tag(call, dst):
        raise HubError("Target tag already exists")
    source = lookups.tag(call, src, strict=True, event=event)
    if source["locked"] and not force:
        raise HubError("Source tag is locked, use force to copy")
    if config:
        tag = make_tag(call, dst, source["arches"], source["perm"], source["locked"],
                       source["extra"])
    else:
        tag = make_tag(call, dst)
    call.forget_event()
    if pkgs:
        copy_list(call, source["id"], tag, event)
    if builds:
        target = lookups.tag(call, tag, strict=True)
        entries = list(visible_entries(call, source["id"], event, latest_only))
        for entry in reversed(entries):
            put(call, target, entry.data, force=True)
            call.forget_event()


@method("snapshotTagModify")
def snapshot_tag_modify(call, src, dst, config=True, pkgs=True, builds=True, groups=True,
                        latest_only=True, inherit_builds=True, event=None, force=False,
                        remove=False):
    """Make an existing tag like another one: contents and order."""
    call.assert_perm("tag")
    if builds and not pkgs:
        raise ParameterError("builds can't be used without pkgs in snapshotTag")
    source = lookups.tag(call, src, strict=True, event=event)
    target = lookups.tag(call, dst, strict=True)
    if (source["locked"] or target["locked"]) and not force:
        raise HubError("Source or destination tag is locked, use force to copy")
    if config:
        edit_tag(call, target["id"], arches=source["arches"], perm=source["perm"],
                 locked=source["locked"], extra=source["extra"],
                 remove_extra=[key for key in target["extra"] if key not in source["extra"]])
        call.forget_event()
    if pkgs:
        names = {row["package_name"] for row in listed_rows(call, source["id"], event)}
        known = {row["package_name"] for row in listed_rows(call, target["id"])}
        for name in sorted(known - names):
            add_to_list(call, target["id"], name, block=True, force=True, update=True,
                        policy=False)
            call.forget_event()
        copy_list(call, source["id"], target["id"], event, only=names - known)
    if builds:
        wanted = list(visible_entries(call, source["id"], event, latest_only))
        make_like(call, target, wanted[::-1], remove)


def make_like(call, target, wanted, remove):
    """Tag what is missing, oldest first, and retag what would be in the wrong order."""
    order = [entry.data.id for entry in wanted]
    present = [entry.data for entry in visible_entries(call, target["id"])][::-1]
    for build in present:
        if remove and build.id not in order:
            take(call, target, build)
            call.forget_event()
    for name in dict.fromkeys(entry.data.name for entry in wanted):
        mine = [entry.data for entry in wanted if entry.data.name == name]
        there = [build.id for build in present if build.name == name and build.id in order]
        keep = 0
        while keep < len(there) and there[keep] == mine[keep].id:
            keep += 1
        for build in mine[keep:]:
            put(call, target, build, force=True)
            call.forget_event()
