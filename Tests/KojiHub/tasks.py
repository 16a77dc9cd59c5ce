"""Tasks: what a builder would do, done here, with the states a client polls."""

import lookups
from context import method
from errors import HubError, TaskFault, fault_of_call

FREE, OPEN, CLOSED, CANCELED, ASSIGNED, FAILED = range(6)
CHANNELS = {"createrepo": 2}


class Task:
    def __init__(self, number, name, request, owner, created, parent=None, label=None,
                 arch="noarch"):
        self.id = number
        self.method = name
        self.request = request
        self.owner = owner
        self.created = created
        self.parent = parent
        self.label = label
        self.arch = arch
        self.state = FREE
        self.started = None
        self.finished = None
        self.result = None
        self.fault = None


def create(call, name, request, parent=None, label=None):
    store = call.store
    number = store.next("task")
    owner = call.user["id"]
    task = Task(number, name, request, owner, store.clock, parent, label)
    store.tasks.set(number, task)
    call.written = True
    return task


def finish(store, task, state, result=None, fault=None):
    """The end of a task. Readers never see a state without its result."""
    task.result, task.fault = result, fault
    task.started = task.started or store.clock
    task.finished = store.clock
    task.state = state


def run_now(call, name, request, work):
    """A task that is over before its number is known to the caller."""
    store = call.store
    task = create(call, name, request)
    mark = store.mark()
    try:
        work()
    except Exception as error:
        store.rollback(mark)
        finish(store, task, FAILED, fault=fault_of_call(error))
    else:
        finish(store, task, CLOSED, result=None)
    return task.id


def struct(task, request=False):
    fields = {
        "arch": task.arch, "awaited": None,
        "channel_id": CHANNELS["createrepo"] if "epo" in task.method else 1,
        "completion_time": lookups.time_text(task.finished), "completion_ts": task.finished,
        "create_time": lookups.time_text(task.created), "create_ts": task.created,
        "host_id": 1 if task.started is not None else None, "id": task.id,
        "label": task.label, "method": task.method, "owner": task.owner,
        "parent": task.parent, "priority": 15 if task.method == "distRepo" else 10,
        "start_time": lookups.time_text(task.started), "start_ts": task.started,
        "state": task.state, "waiting": None, "weight": 1.0,
    }
    if request:
        fields["request"] = task.request
    return fields


def find(call, number):
    if not isinstance(number, int):
        raise HubError(f"Invalid type for value '{number}': {type(number)}, expected type {int}")
    return call.store.tasks.get(number)


@method("getTaskInfo")
def get_task_info(call, task_id, request=False, strict=False):
    if isinstance(task_id, list):
        return [get_task_info(call, number, request, strict) for number in task_id]
    task = find(call, task_id)
    if task is None:
        if strict:
            raise HubError("query returned no rows")
        return None
    return struct(task, request)


@method("getTaskRequest")
def get_task_request(call, taskId):
    task = find(call, taskId)
    if task is None:
        raise HubError("query returned no rows")
    return task.request


@method("getTaskResult")
def get_task_result(call, taskId, raise_fault=True):
    task = find(call, taskId)
    if task is None:
        raise HubError("No such task")
    if task.state == CANCELED:
        raise HubError(f"Task {task.id} is canceled")
    if task.state not in (CLOSED, FAILED):
        raise HubError(f"Task {task.id} is not finished")
    if task.fault:
        code, text = task.fault
        if raise_fault:
            raise TaskFault(code, text)
        return {"faultCode": code, "faultString": text}
    return task.result


@method("getTaskChildren")
def get_task_children(call, task_id, request=False, strict=False):
    task = find(call, task_id)
    if task is None and strict:
        raise HubError("query returned no rows")
    return [struct(child, request) for child in call.store.tasks.items.values()
            if child.parent == task_id]


@method("getTaskDescendents")
def get_task_descendents(call, task_id, request=False):
    result = {}
    waiting = [task_id]
    while waiting:
        number = waiting.pop()
        children = get_task_children(call, number, request)
        result[str(number)] = children
        waiting += [child["id"] for child in children]
    return result


@method("listTasks")
def list_tasks(call, opts=None, queryOpts=None):
    opts = opts or {}
    rows = []
    for task in call.store.tasks.items.values():
        if opts.get("state") and task.state not in opts["state"]:
            continue
        if opts.get("method") and task.method != opts["method"]:
            continue
        if opts.get("owner") and task.owner != opts["owner"]:
            continue
        rows.append(struct(task, opts.get("decode", False)))
    return rows


@method("cancelTask")
def cancel_task(call, task_id, recurse=True):
    call.assert_login()
    task = find(call, task_id)
    if task is None:
        raise HubError("No such task: %s" % task_id)
    if task.state in (FREE, OPEN, ASSIGNED):
        finish(call.store, task, CANCELED)
        call.written = True


@method("listTaskOutput")
def list_task_output(call, taskID, stat=False, all_volumes=False, strict=False):
    return {} if stat or all_volumes else []
