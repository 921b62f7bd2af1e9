"""Entry point: parses options, runs the scenarios, prints tables and then how each figure stands to its target."""

import argparse
import os
import shutil
import sys

import assembly
import entries
import folders
import load
import memory
import message
import s3
from archiver import ROOT
from measure import Failed

SCENARIOS = {"a": folders, "b": s3, "c": memory, "d": entries, "e": load, "f": assembly, "g": message}


def main():
    parser = argparse.ArgumentParser(prog="bench/run.sh", description="Benchmarks of archiver-processor; see bench/README.md.")
    parser.add_argument("--only", choices=SCENARIOS, action="append", help="run this scenario; may be repeated (default: all)")
    parser.add_argument("--scale", type=float, help="share of the full data (default: 1, and 0.1 for b and f, whose server keeps all in memory)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each contender in a, b and f (default: 3), and in g if more than 20")
    parser.add_argument("--native", action="store_true", help="also measure the native processor of artifacts/bin, which ./build.sh makes")
    parser.add_argument("--dir", default=os.path.join(ROOT, "artifacts/bench"), help="where to work, on the file system to measure")
    options = parser.parse_args()

    work = os.path.join(os.path.abspath(options.dir), f"run-{os.getpid()}")
    os.makedirs(work)
    targets = []
    try:
        for name in options.only or SCENARIOS:
            scale = options.scale if options.scale is not None else 0.1 if name in "bf" else 1
            targets += SCENARIOS[name].measure(argparse.Namespace(**(vars(options) | {"scale": scale})), work)
    except Failed as error:
        sys.exit(f"bench: {error}")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print(*targets, sep="\n")


if __name__ == "__main__":
    main()
