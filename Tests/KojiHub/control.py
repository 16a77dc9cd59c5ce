"""POST /_control: how a test drives the hub. See hub.py for what it may ask."""

import json

import dispatch
from errors import code_of
from context import Call
from reads_tags import listed_rows
from replies import Reply
from tagged import tagged_entries, visible_entries


def answer(hub, body):
    try:
        asked = json.loads(body)
        result = ACTIONS[asked.pop("do")](hub, asked)
        status = 200
    except (KeyError, ValueError, TypeError) as error:
        result, status = {"error": f"{type(error).__name__}: {error}"}, 400
    return Reply(status, json.dumps(result).encode() + b"\n", "application/json")


def reset(hub, asked):
    hub.reset()
    return {}


def fault(hub, asked):
    hub.troubles.arm(**asked)
    return {}


def calm(hub, asked):
    hub.troubles.calm()
    return {}


def log(hub, asked):
    with hub.log_lock:
        return {"calls": list(hub.log), "connections": hub.connections,
                "files": list(hub.file_requests), "gets": len(hub.file_requests)}


def state(hub, asked):
    call = Call(hub)
    tags = {}
    with hub.store.lock:
        for number, name in hub.store.tags.items.items():
            if not hub.store.tag_config.at(number):
                continue
            visible = [entry.data.nvr for entry in visible_entries(call, number)]
            shown = set(visible)
            hidden = [entry.data.nvr for entry in tagged_entries(call, number)
                      if entry.data.nvr not in shown]
            config = hub.store.tag_config.get((number, "config")).data
            tags[name] = {
                "id": number,
                "arches": config["arches"],
                "locked": config["locked"],
                "builds": visible,
                "hidden": hidden,
                "packages": {
                    row["package_name"]: {"owner": row["owner_name"],
                                          "blocked": row["blocked"]}
                    for row in listed_rows(call, number)
                },
            }
        tasks = {task.id: {"method": task.method, "state": task.state}
                 for task in hub.store.tasks.items.values()}
    return {"tags": tags, "tasks": tasks}


def history(hub, asked):
    rows = []
    store = hub.store
    with store.lock:
        tag = store.tag_ids.get(asked["tag"])
        for entry in store.tag_listing.entries.get(tag, ()):
            rows.append({
                "build": entry.data.nvr,
                "create_event": entry.create,
                "revoke_event": entry.revoke,
                "creator": store.users.get(entry.creator)["name"],
                "revoker": store.users.get(entry.revoker)["name"] if entry.revoker else None,
            })
    return {"rows": rows}


def expire(hub, asked):
    hub.sessions.expire()
    return {}


def call(hub, asked):
    try:
        result = dispatch.call_inside(
            hub, asked["method"], asked.get("params", []), asked.get("user", "kojiadmin"))
    except Exception as error:
        return {"fault": {"code": code_of(error), "string": str(error)}}
    return {"result": result}


def switch(hub, asked):
    for name in asked:
        if name not in hub.options:
            raise ValueError(f"no such switch: {name}")
    hub.options.update(asked)
    return dict(hub.options)


ACTIONS = {
    "reset": reset,
    "fault": fault,
    "calm": calm,
    "log": log,
    "state": state,
    "history": history,
    "expire": expire,
    "call": call,
    "set": switch,
}
