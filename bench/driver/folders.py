"""(a) Folder to folder: against cp of the same bytes, and against other zip programs."""

import os
import shutil
import subprocess

import archiver
from compare import Comparison, Contender, Target, cpu, progress, wall
from measure import GIB, MIB, Command, Failed

HERE = os.path.dirname(os.path.abspath(__file__))
SHAPES = [(2000, MIB), (4, 512 * MIB)]


def measure(options, work):
    targets = []
    places = [("disk", os.path.join(work, "folders"))]
    if os.path.isdir("/dev/shm"):
        places.append(("tmpfs", f"/dev/shm/archiver-bench-{os.getpid()}"))
    for count, size in SHAPES:
        # Small files become fewer, large ones smaller.
        count, size = (max(1, int(count * options.scale)), size) if size == MIB else (count, max(MIB, int(size * options.scale)))
        for kind, place in places:
            if room(place) < 3 * count * size + GIB:
                progress(f"left out: {place} has no room for {count} x {size // MIB} MiB, twice")
                continue
            os.makedirs(place, exist_ok=True)
            try:
                targets += measure_one(options, kind, place, count, size)
            finally:
                shutil.rmtree(place, ignore_errors=True)
    return targets


def measure_one(options, kind, place, count, size):
    source, into, scratch = (os.path.join(place, name) for name in ("aip/bench", "into", "scratch"))
    os.makedirs(source)
    os.makedirs(scratch)
    for i in range(count):
        with open(f"{source}/{i:06}.bin", "wb") as file:
            for _ in range(0, size, MIB):
                file.write(os.urandom(min(size, MIB)))
    for name in os.listdir(source):
        with open(f"{source}/{name}", "rb") as file:
            while file.read(MIB):
                pass

    def prepare():
        shutil.rmtree(into, ignore_errors=True)
        os.makedirs(into)
        # What earlier runs left to be written back must not be charged to the next.
        subprocess.run(["sync", "-f", place], check=True)

    def whole(_, cost):
        stored = sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(into) for name in names)
        if stored < count * size:
            raise Failed(f"{stored} bytes are there instead of {count * size}")

    def plain(name, *arguments):
        return Contender(name, lambda _: Command(list(arguments), source), whole)

    def archiving(name, program):
        def finish(number, cost):
            archiver.check(cost, count)
            whole(number, cost)
        return Contender(name, lambda _: archiver.archive(program, scratch, os.path.dirname(source), into, {}), finish)

    # A file system that can share blocks must not make cp free.
    copy = ["cp", "-r", "--reflink=never", ".", into]
    contenders = [
        plain("cp", *copy),
        plain("cp, sync", "sh", "-c", '"$@" && sync -f .', "sh", *copy),
        *(archiving(name, program) for name, program in archiver.programs(options.native).items()),
        plain("zip -0", "zip", "-0", "-r", "-q", f"{into}/all.zip", "."),
        plain("7z -mx0", "7z", "a", "-tzip", "-mx0", "-bso0", "-bsp0", f"{into}/all.zip", "."),
        plain("Python zipfile", "/usr/bin/python3", f"{HERE}/zip_stored.py", f"{into}/all.zip", "."),
    ]
    shape = f"{count:,} x {size // MIB} MiB"
    result = Comparison(f"(a) {shape}, {kind} ({file_system(place)})", count * size, contenders, scratch, options.runs, prepare)
    result.print(["cp", "cp, sync"])
    # On a disk, cp returns before anything is stored, while an archive is flushed: there the floor is cp with a flush.
    floor = "cp" if kind == "tmpfs" else "cp, sync"
    return [
        Target(f"(a) {shape}, {kind}: wall x {floor}", result.ratio("archiver", floor, wall), 1.3),
        Target(f"(a) {shape}, {kind}: peak MiB", result.peak("archiver"), 160),
    ]


def room(place):
    """Bytes that may be used there; on tmpfs, what memory can hold."""
    parent = os.path.dirname(place)
    free = os.statvfs(parent).f_bavail * os.statvfs(parent).f_frsize
    return min(free, available_memory()) if parent == "/dev/shm" else free


def available_memory():
    with open("/proc/meminfo") as file:
        return next(int(line.split()[1]) * 1024 for line in file if line.startswith("MemAvailable"))


def file_system(place):
    return subprocess.run(["findmnt", "-n", "-o", "FSTYPE", "-T", place], check=True, capture_output=True, text=True).stdout.split()[-1]
