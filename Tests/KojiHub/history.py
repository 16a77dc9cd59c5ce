"""queryHistory: who made and revoked what, and when."""

import lookups
from context import method
from errors import HubError
from reads_tags import query_options

TABLES = (
    "build_target_config", "cg_users", "external_repo_config", "group_config",
    "group_package_listing", "group_req_listing", "host_channels", "host_config",
    "tag_config", "tag_external_repos", "tag_extra", "tag_inheritance", "tag_listing",
    "tag_package_owners", "tag_packages", "user_groups", "user_perms",
)
# the tables that a search for one thing looks at
SEARCH = {
    "tag": ("build_target_config", "group_config", "group_package_listing",
            "group_req_listing", "tag_config", "tag_external_repos", "tag_extra",
            "tag_inheritance", "tag_listing", "tag_package_owners", "tag_packages"),
    "build": ("tag_listing",),
    "package": ("group_package_listing", "tag_listing", "tag_package_owners",
                "tag_packages"),
    "user": ("cg_users", "tag_package_owners", "user_groups", "user_perms"),
    "permission": ("tag_config", "user_perms"),
    "external_repo": ("external_repo_config", "tag_external_repos"),
    "build_target": ("build_target_config",),
    "group": ("group_config", "group_package_listing", "group_req_listing"),
    "cg": ("cg_users",),
    "host": ("host_channels", "host_config"),
    "channel": ("host_channels",),
    "xkey": ("tag_extra",),
}


def listing_fields(call, entry):
    info = entry.data.info
    return {"build.state": info["state"], "build_id": entry.data.id,
            "epoch": info["epoch"], "name": info["name"], "release": info["release"],
            "version": info["version"]}


def package_fields(call, entry):
    return {**entry.data, "package.name": call.store.packages.get(entry.key[1]),
            "package_id": entry.key[1]}


def owner_fields(call, entry):
    return {"owner": entry.data, "owner.name": call.store.users.get(entry.data)["name"],
            "package.name": call.store.packages.get(entry.key[1]),
            "package_id": entry.key[1]}


def config_fields(call, entry):
    fields = dict(entry.data)
    fields["permission.name"] = fields.pop("perm")
    fields["perm_id"] = call.store.permissions.get(fields["permission.name"])
    return fields


def extra_fields(call, entry):
    return {"key": entry.key[1], "value": entry.data}


FIELDS = {
    "tag_listing": listing_fields,
    "tag_packages": package_fields,
    "tag_package_owners": owner_fields,
    "tag_config": config_fields,
    "tag_extra": extra_fields,
}


def row(call, name, entry):
    store = call.store
    creator = store.users.get(entry.creator)
    revoker = store.users.get(entry.revoker)
    fields = FIELDS[name](call, entry)
    fields.update({
        "active": True if entry.revoke is None else None,
        "create_event": entry.create,
        "create_ts": store.event_time(entry.create),
        "creator_id": entry.creator,
        "creator_name": creator["name"] if creator else None,
        "revoke_event": entry.revoke,
        "revoke_ts": store.event_time(entry.revoke) if entry.revoke else None,
        "revoker_id": entry.revoker,
        "revoker_name": revoker["name"] if revoker else None,
        "tag.name": store.tags.get(entry.key[0]),
        "tag_id": entry.key[0],
    })
    return dict(sorted(fields.items()))


def searched(call, options):
    """The wanted value of each field that a search fixes."""
    fixed = {}
    if "tag" in options:
        fixed["tag_id"] = lookups.tag_id(call, options["tag"], strict=True)
    if "build" in options:
        fixed["build_id"] = lookups.build(call, options["build"], strict=True).id
    if "package" in options:
        fixed["package"] = lookups.package(call, options["package"], strict=True)["name"]
    if "user" in options:
        fixed["owner"] = lookups.user(call, options["user"], strict=True)["id"]
    if "xkey" in options:
        fixed["key"] = options["xkey"]
    return fixed


def in_time(call, found, options, editor):
    """Whether the row was made or revoked in the wanted time, by the wanted user."""
    events = [event for event in (found["create_event"], found["revoke_event"]) if event]
    times = [at for at in (found["create_ts"], found["revoke_ts"]) if at]
    tests = (
        ("afterEvent", lambda value: any(event > value for event in events)),
        ("beforeEvent", lambda value: any(event < value for event in events)),
        ("after", lambda value: any(at > value for at in times)),
        ("before", lambda value: any(at < value for at in times)),
    )
    if not all(test(options[key]) for key, test in tests if key in options):
        return False
    return editor is None or editor in (found["creator_id"], found["revoker_id"])


def time_flags(found, options, editor):
    """The extra columns by which a caller sees which end of a row matched."""
    for key, create, revoke, sign in (
            ("afterEvent", "create_event", "revoke_event", 1),
            ("beforeEvent", "create_event", "revoke_event", -1),
            ("after", "create_ts", "revoke_ts", 1),
            ("before", "create_ts", "revoke_ts", -1)):
        if key in options:
            end = key.replace("Event", "_event")
            for name, column in (("created", create), ("revoked", revoke)):
                at = found[column]
                found[f"_{name}_{end}"] = (
                    None if at is None else (at - options[key]) * sign > 0)
    if editor is not None:
        found["_created_by"] = found["creator_id"] == editor
        found["_revoked_by"] = (
            None if found["revoker_id"] is None else found["revoker_id"] == editor)
    return found


def same(found, fixed):
    for key, value in fixed.items():
        if key == "package":
            if value not in (found.get("package.name"), found.get("name")):
                return False
        elif found.get(key) != value:
            return False
    return True


@method("queryHistory", "query_history")
def query_history(call, tables=None, **kwargs):
    store = call.store
    options = dict(kwargs)
    query = options.pop("queryOpts", None)
    for name in tables or ():
        if name not in TABLES:
            raise HubError(f"No such history table: {name}")
    entries = {"tag_listing": store.tag_listing, "tag_packages": store.tag_packages,
               "tag_package_owners": store.tag_owners, "tag_config": store.tag_config,
               "tag_extra": store.tag_extra}
    fixed = searched(call, options)
    editor = None
    if "editor" in options:
        editor = lookups.user(call, options["editor"], strict=True)["id"]
    result = {}
    for name in tables or TABLES:
        if not all(name in SEARCH[key] for key in options if key in SEARCH):
            continue
        rows = []
        for entry in entries[name].history() if name in entries else ():
            active = options.get("active")
            if active is not None and bool(active) != (entry.revoke is None):
                continue
            found = row(call, name, entry)
            if same(found, fixed) and in_time(call, found, options, editor):
                rows.append(time_flags(found, options, editor))
        rows.sort(key=lambda found: found["create_event"])
        result[name] = query_options(rows, query)
    return result
