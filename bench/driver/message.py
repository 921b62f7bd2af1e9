"""(g) What one message costs: the start of each program, and jobs of one small file on folders and on S3."""

import os
import shutil
from dataclasses import replace

import archiver
from archiver import ROOT
from compare import Comparison, Contender, Target, cpu, print_table, progress, wall
from measure import Command, run
from s3 import HERE, Lab, with_server

FLOOR, PYTHON = "/bin/true", "/usr/bin/python3"
BYTES = 3000
LEAST_ROUNDS = 20


def measure(options, work):
    rounds = max(LEAST_ROUNDS, options.runs)
    if not options.native:
        progress("(g) without --native only the framework-dependent processor is measured, and neither the poller nor the command line")
    place = os.path.join(work, "message")
    os.makedirs(place)
    try:
        targets = start(options, place, rounds) + on_folders(options, place, rounds)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    targets += with_server("(g)", work, 0, lambda lab: MessageLab(options, work, lab, rounds).measure())
    progress("(g) messages a second through the poller: see scenario e")
    return targets


def launched(command, scratch):
    """As run, but started by a small process, whose own memory is the least that peak can show."""
    figures = os.path.join(scratch, "figures")
    output = run(replace(command, arguments=["/usr/bin/perl", f"{HERE}/launch.pl", figures, *command.arguments]), scratch)
    with open(figures) as file:
        seconds, used, kib = file.read().split()
    return replace(output, wall=float(seconds), cpu=float(used), peak_mib=int(kib) / 1024)


def start(options, place, rounds):
    commands = {FLOOR: [FLOOR]} | {f"{name} --version": [program, "--version"] for name, program in archiver.programs(options.native).items()}
    if options.native:
        commands |= {f"{name}, as published": [f"{ROOT}/artifacts/bin/{program}", "--version"] for name, program in (("poller", "archiver-poller"), ("command line", "archiver"))}
    commands["python3 -c 'import boto3'"] = [PYTHON, "-c", "import boto3"]
    contenders = [Contender(name, lambda _, arguments=arguments: Command(arguments, place)) for name, arguments in commands.items()]
    result = compare("(g) start only", contenders, place, rounds)
    return [Target("(g) native start, ms more than /bin/true", more(result, "archiver, native --version"), 12)] if options.native else []


def on_folders(options, place, rounds):
    os.makedirs(f"{place}/aip/bench")
    with open(f"{place}/aip/bench/one.txt", "wb") as file:
        file.write(os.urandom(BYTES))

    def finish(_, cost):
        archiver.check(cost, 1)
        shutil.rmtree(f"{place}/into")
    contenders = [Contender(FLOOR, lambda _: Command([FLOOR], place))]
    contenders += [
        Contender(name, lambda _, program=program: archiver.archive(program, place, f"{place}/aip", f"{place}/into", {}), finish)
        for name, program in archiver.programs(options.native).items()]
    result = compare("(g) one file of 3 kB, folder to folder", contenders, place, rounds)
    return [Target("(g) folder to folder, native, ms", milliseconds(result, "archiver, native"), 25)] if options.native else []


class MessageLab(Lab):
    def __init__(self, options, work, lab, rounds):
        super().__init__(options, work, lab, rounds)
        self.programs = archiver.programs(options.native)

    def measure(self):
        # A source for every run of every contender, and one round more to warm up.
        self.store("small", str((len(self.programs) + 1) * (self.count + 1)))
        contenders = [Contender(FLOOR, lambda _: Command([FLOOR], self.place))]
        contenders += [self.job(name, program, index) for index, (name, program) in enumerate(self.programs.items())]
        contenders.append(Contender("python3, boto3, zipfile", lambda number: self.by_hand(self.key(len(self.programs), number))))
        result = compare("(g) one object of 3 kB, S3 to S3, plain HTTP on this machine", contenders, self.place, self.count)
        shutil.rmtree(self.place)
        if not self.options.native:
            return []
        return [
            Target("(g) S3 to S3, native, ms", milliseconds(result, "archiver, native"), 60),
            Target("(g) S3 to S3, native, peak MiB", result.peak("archiver, native"), 40),
        ]

    def job(self, name, program, index):
        def command(number):
            request = {"files": [{"source": self.key(index, number)}]}
            return archiver.archive(program, self.place, "s3://sources", "s3://archives", request, self.settings())
        return Contender(name, command, lambda _, cost: archiver.check(cost, 1))

    def by_hand(self, key):
        arguments = [PYTHON, f"{HERE}/zip_one_object.py", self.url, "sources", key, "archives", f"{key}.zip"]
        return Command(arguments, self.place, variables=self.variables)

    def key(self, contender, number):
        return f"bench/{contender * (self.count + 1) + number:05}.bin"


def compare(title, contenders, scratch, rounds):
    result = Comparison(title, rounds * BYTES, contenders, scratch, rounds + 1, runner=launched)
    for costs in result.costs.values():
        # The first round reads the programs from disk.
        del costs[0]
    print_table(f"{title}, {rounds} rounds", ["", "wall ms", "ms more", "CPU ms", "peak MiB", f"wall x {FLOOR}"], [
        [name, f"{milliseconds(result, name):.1f}", f"{more(result, name):.1f}", f"{result.median(name, cpu) * 1000:.1f}",
         f"{result.peak(name):.1f}", f"{result.ratio(name, FLOOR, wall):.1f}"] for name in result.names])
    return result


def milliseconds(result, name):
    return result.median(name, wall) * 1000


def more(result, name):
    return milliseconds(result, name) - milliseconds(result, FLOOR)
