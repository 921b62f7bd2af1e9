"""(d) Many entries: what one entry costs in time and memory, in whole AIPs and in filesFrom lists."""

import json
import os
import shutil

import archiver
from compare import print_table, progress
from measure import MIB, run

FILES = [1_000, 10_000, 100_000]
LINES = [1_000, 100_000, 1_000_000]
FILES_BEHIND_LINES = 1_000


def measure(options, work):
    place = os.path.join(work, "entries")
    os.makedirs(place)
    try:
        for name, program in archiver.programs(options.native).items():
            whole = {count: archive_files(place, program, count) for count in scaled(FILES, options)}
            print_costs(f"(d) a whole AIP of files of 10 bytes, {name}", whole)
            listed = {count: archive_lines(place, program, count) for count in scaled(LINES, options)}
            print_costs(f"(d) filesFrom, lines that name {FILES_BEHIND_LINES:,} files of 10 bytes, {name}", listed)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return []


def archive_files(place, program, count):
    progress(f"(d) {count:,} files")
    source = make_files(f"{place}/files-{count}/bench", count)
    return archive(place, program, os.path.dirname(source), {}, count)


def archive_lines(place, program, count):
    progress(f"(d) {count:,} lines")
    source = make_files(f"{place}/lines/bench", FILES_BEHIND_LINES)
    with open(f"{place}/list.jsonl", "w") as file:
        for i in range(count):
            line = {"source": f"bench/{i % FILES_BEHIND_LINES:07}.txt", "destination": f"folder-{i // 10_000:03}/{i:07}.txt"}
            file.write(json.dumps(line) + "\n")
    shutil.move(f"{place}/list.jsonl", f"{place}/lines/list.jsonl")
    return archive(place, program, os.path.dirname(source), {"filesFrom": "list.jsonl"}, count)


def archive(place, program, source, request, count):
    cost = run(archiver.archive(program, place, source, f"{place}/into", request), place)
    archiver.check(cost, count)
    shutil.rmtree(f"{place}/into")
    return cost


def make_files(folder, count):
    if not os.path.isdir(folder):
        os.makedirs(folder)
        for i in range(count):
            with open(f"{folder}/{i:07}.txt", "w") as file:
                file.write(f"{i:09}\n")
    return folder


def print_costs(title, costs):
    rows, before = [], None
    for count, cost in costs.items():
        # The slope from one size to the next: what the runtime itself needs drops out.
        slope = "" if before is None else f"{(cost.peak_mib - before[1].peak_mib) * MIB / (count - before[0]):.0f}"
        rows.append([f"{count:,}", f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.cpu * 1e6 / count:.0f}", f"{cost.peak_mib:.0f}", slope])
        before = (count, cost)
    print_table(title, ["entries", "wall s", "CPU s", "CPU us/entry", "peak MiB", "bytes/entry more"], rows)


def scaled(counts, options):
    return sorted({max(10, int(count * options.scale)) for count in counts})
