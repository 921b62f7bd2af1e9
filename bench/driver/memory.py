"""(c) Peak resident memory must not grow with the archive: folder to folder, sparse sources."""

import os
import shutil

import archiver
from compare import Target, print_table, progress
from measure import GIB, MIB, run

SHAPES = [("200 MiB", 4, 50 * MIB), ("8 GiB", 16, 512 * MIB)]


def measure(options, work):
    place = os.path.join(work, "memory")
    rows, targets = [], []
    for text, count, size in SHAPES:
        size = max(MIB, int(size * options.scale))
        if os.statvfs(work).f_bavail * os.statvfs(work).f_frsize < count * size + GIB:
            progress(f"left out: no room for {text}")
            continue
        for name, program in archiver.programs(options.native).items():
            progress(f"(c) {text}, {name}")
            try:
                cost = archive_sparse(place, program, count, size)
            finally:
                shutil.rmtree(place, ignore_errors=True)
            rows.append([f"{count * size // MIB} MiB, {name}", f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.peak_mib:.0f}"])
            targets.append(Target(f"(c) {count * size // MIB} MiB, {name}: peak MiB", cost.peak_mib, 160))
    print_table("(c) memory, folder to folder, disk", ["", "wall s", "CPU s", "peak MiB"], rows)
    return targets


def archive_sparse(place, program, count, size):
    source, into = os.path.join(place, "aip/bench"), os.path.join(place, "into")
    os.makedirs(source)
    for i in range(count):
        with open(f"{source}/{i:02}.bin", "wb") as file:
            file.truncate(size)
    cost = run(archiver.archive(program, place, os.path.dirname(source), into, {}), place)
    archiver.check(cost, count)
    return cost
