"""How to run archiver-processor, and what it must have said when it is done."""

import json
import os

from measure import Command, Failed

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
JIT = os.path.join(ROOT, "artifacts/bench/Processor/archiver-processor")
NATIVE = os.path.join(ROOT, "artifacts/bin/archiver-processor")


def programs(with_native):
    """Names and paths of the processors to measure."""
    found = {"archiver": JIT}
    if with_native:
        if not os.path.exists(NATIVE):
            raise SystemExit("bench: there is no native processor; ./build.sh makes it")
        found["archiver, native"] = NATIVE
    return found


def archive(program, scratch, source, destination, request, variables=None):
    settings = {"Source:Location": source, "Destination:Location": destination}
    sets = [argument for name, value in settings.items() for argument in ("--set", f"{name}={value}")]
    return Command([program, "--aipid=bench", *sets], scratch, json.dumps({"aipid": "bench"} | request).encode(), variables or {})


def check(cost, files):
    result = json.loads(cost.output)
    if result["archive"]["files"] != files or result["archive"]["reused"]:
        raise Failed(f"archiver-processor was to archive {files} files anew, but says {result}")
