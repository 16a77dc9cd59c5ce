"""What is told of a life in a world of mirrors."""
import faults
import life


def tell(world, broken, seconds):
    """Prints what was done, what it cost, and what was wrong."""
    counts = world.counts
    done = ", ".join(f"{counts.get(what, 0)} {said}" for what, said in (
        ("commands", "commands"), ("runs of mirrors", "runs of mirrors"), ("dnf", "of dnf"),
        ("downgrades", "of them downgrades"), ("zypper", "of zypper"),
        ("walks", "walks through a mirror"), ("requests", "requests"),
        ("told", "files that links led to"), ("compared", "reads of repomd.xml"),
        ("torn reads", "torn reads, as `logs` says")))
    print(f"world {world.seed}: {world.event_number} events in {seconds:.0f} s: {done}", flush=True)
    if world.options.costs:
        costs(world)
    kinds = {}
    for kind, sentence in world.found:
        kinds.setdefault(kind, []).append(sentence)
    if world.options.break_:
        wanted = life.BREAKS[world.options.break_]
        print(f"broken on purpose: {world.options.break_}; to be found: {wanted}")
    for kind, sentences in kinds.items():
        print(f"FAULT {kind}: {faults.KINDS[kind]}: {len(sentences)} times, at {world.fault_at}")
        for sentence in sentences[:6]:
            print(f"  {sentence}")
    if broken:
        print(f"world {world.seed}: it ended early: {broken}")
    if not kinds and not broken:
        print(f"world {world.seed}: 0 of 404, 0 of 5xx, 0 checksum errors, nothing older than "
              "before: nothing is wrong")


def costs(world):
    """A table: bytes of files that each mirror did not have, and seconds, by event."""
    names = [mirror.name for mirror in world.mirrors + [world.behind]]
    events = list(dict.fromkeys(event for event, _ in world.costs))
    for mirror in world.mirrors + [world.behind]:
        print(f"  {mirror.name}  {mirror.kind}")
    print("  KiB of files of trees (KiB on the wire, lists and feed included)")
    print("  " + f"{'event':22}" + "".join(f"{name:>17}" for name in names))
    for event in events:
        cells = []
        for name in names:
            cost = world.costs.get((event, name))
            cells.append("" if cost is None else
                         f"{cost.trees / 1024:.1f} ({cost.wire / 1024:.1f})")
        print("  " + f"{event:22}" + "".join(f"{cell:>17}" for cell in cells))
