"""Reading tags and their package lists."""

import fnmatch

import lookups
from context import method
from errors import HubError
from tagged import package_entries


def listed_rows(call, tag_id, event=None, with_owners=True):
    """The package list of a tag as structs."""
    store = call.store
    owners = {entry.key[1]: entry.data for entry in store.tag_owners.at(tag_id, event)}
    rows = []
    own = {entry.key[1]: entry.data for entry in store.tag_packages.at(tag_id, event)}
    for package, state in own.items():
        row = {
            "blocked": state["blocked"],
            "extra_arches": state["extra_arches"],
        }
        if with_owners:
            owner = store.users.get(owners.get(package))
            if owner is None:
                continue
            row.update(owner_id=owner["id"], owner_name=owner["name"])
        row.update(package_id=package, package_name=store.packages.get(package),
                   tag_id=tag_id, tag_name=store.tags.get(tag_id))
        rows.append(row)
    return rows


@method("listPackages")
def list_packages(call, tagID=None, userID=None, pkgID=None, prefix=None, inherited=False,
                  with_dups=False, event=None, queryOpts=None, with_owners=True,
                  with_blocked=True):
    store = call.store
    lookups.check_event(event)
    if tagID is None and userID is None and pkgID is None:
        rows = [
            {"package_id": number, "package_name": name}
            for number, name in store.packages.items.items()
        ]
    else:
        if userID is not None and not with_owners:
            raise HubError("userID and with_owners=False can't be used together")
        tags = store.tags.items if tagID is None else [lookups.tag_id(call, tagID, True)]
        rows = [row for tag in tags for row in listed_rows(call, tag, event, with_owners)]
        if inherited and tagID is not None:
            known = {row["package_id"] for row in rows}
            for parent in store.tag_parents.get(tags[0], []):
                for row in listed_rows(call, parent, event, with_owners):
                    if row["package_id"] not in known:
                        known.add(row["package_id"])
                        rows.append(row)
        if userID is not None:
            owner = lookups.user(call, userID, strict=True)["id"]
            rows = [row for row in rows if row["owner_id"] == owner]
        if pkgID is not None:
            package = lookups.package(call, pkgID, strict=True)["id"]
            rows = [row for row in rows if row["package_id"] == package]
        if not with_blocked:
            rows = [row for row in rows if not row["blocked"]]
    if prefix:
        prefix = prefix.lower()
        rows = [row for row in rows if row["package_name"].lower().startswith(prefix)]
    return query_options(rows, queryOpts)


def query_options(rows, options):
    """order, offset, limit and countOnly, as many methods take them."""
    for key in reversed((options or {}).get("order", "").split(",")):
        if key:
            rows.sort(key=lambda row: (row[key.lstrip("-")] is None, row[key.lstrip("-")]),
                      reverse=key.startswith("-"))
    options = options or {}
    rows = rows[options.get("offset") or 0:]
    if options.get("limit") is not None:
        rows = rows[:options["limit"]]
    return len(rows) if options.get("countOnly") else rows


@method("getTag", "get_tag")
def get_tag(call, tagInfo, strict=False, event=None, blocked=False):
    result = lookups.tag(call, tagInfo, strict, event)
    if result and blocked:
        result["extra"] = {key: [False, value] for key, value in result["extra"].items()}
    return result


@method("getTagID", "get_tag_id")
def get_tag_id(call, info, strict=False, create=False):
    return lookups.tag_id(call, info, strict)


@method("listTags", "list_tags")
def list_tags(call, build=None, package=None, perms=True, queryOpts=None, pattern=None):
    if build is not None and package is not None:
        raise HubError("only one of build and package may be specified")
    store = call.store
    tags = [number for number in store.tags.items if store.tag_config.at(number)]
    if build is not None:
        found = lookups.build(call, build)
        if found is None:
            raise HubError(f"No such build: {build}")
        tags = [tag for tag in tags if store.tag_listing.get((tag, found.id))]
    rows = []
    for number in tags:
        row = lookups.tag(call, number)
        del row["extra"]
        if not perms:
            del row["perm"], row["perm_id"]
        if package is not None:
            known = lookups.package(call, package)
            if known is None:
                raise HubError(f"No such package: {package}")
            for listed in listed_rows(call, number):
                if listed["package_id"] == known["id"]:
                    keys = ("owner_id", "owner_name", "blocked", "extra_arches")
                    rows.append(dict(sorted(
                        {**row, **{key: listed[key] for key in keys}}.items())))
            continue
        rows.append(row)
    if pattern is not None:
        rows = [row for row in rows
                if fnmatch.fnmatchcase(row["name"].lower(), pattern.lower())]
    return query_options(rows, queryOpts)


@method("getBuildConfig")
def get_build_config(call, tag, event=None):
    result = lookups.tag(call, tag, strict=True, event=event)
    return {**result, "config_inheritance": {"extra": {}, "arches": None}}


@method("getInheritanceData")
def get_inheritance_data(call, tag, event=None):
    lookups.tag_id(call, tag, strict=True)
    return []


@method("getFullInheritance")
def get_full_inheritance(call, tag, event=None, reverse=False, **kwargs):
    lookups.tag_id(call, tag, strict=True)
    return []


@method("getTagGroups", "readTagGroups")
def get_tag_groups(call, tag, event=None, inherit=True, incl_pkgs=True, incl_reqs=True,
                   incl_blocked=False):
    return []


@method("getBuildTargets", "get_build_targets")
def get_build_targets(call, info=None, event=None, buildTagID=None, destTagID=None,
                      queryOpts=None):
    store = call.store
    lookups.check_event(event)
    if isinstance(info, dict):
        info = info.get("id", info.get("name"))
    wanted = {"id" if isinstance(info, int) else "name": info} if info else {}
    for column, tag in (("build_tag", buildTagID), ("dest_tag", destTagID)):
        if tag is not None:
            # A tag that is not there is no fault: no target builds for it.
            wanted[column] = lookups.tag_id(call, tag)
    return query_options([
        dict(target) for target, since in store.build_targets
        if (event is None or since <= event)
        and all(target[key] == value for key, value in wanted.items())
    ], queryOpts)


@method("getBuildTarget", "get_build_target")
def get_build_target(call, info, event=None, strict=False):
    found = get_build_targets(call, info, event)
    if found:
        return found[0]
    if strict:
        raise HubError(f"No such build target: {info}")
    return None


@method("getTagExternalRepos", "get_tag_external_repos")
def get_tag_external_repos(call, tag_info=None, repo_info=None, event=None):
    return []
