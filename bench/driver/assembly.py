"""(f) S3 to S3 with as much copied inside the server as the processor finds worth it, through a proxy that counts and that answers as AWS does."""

import json
import os
import shutil
import subprocess

import archiver
from archiver import ROOT
from compare import Comparison, Contender, Target, print_table, progress
from measure import GIB, MIB, Failed, clean_environment
from s3 import OBJECTS, TYPICAL, Lab, with_server

PROXY = os.path.join(ROOT, "artifacts/bench/AwsProxy/archiver-aws-proxy")
LARGE = 256 << 20
# List prices of S3 Standard in us-east-1: PUT, COPY, POST and LIST; and all others. To abort is free.
WRITE, READ = 0.005 / 1000, 0.0004 / 1000
READS, FREE = ("GetObject", "HeadObject", "ListParts"), ("AbortMultipartUpload",)


def measure(options, work):
    large, middle = max(4, int(40 * options.scale)), max(40, int(OBJECTS * options.scale))
    return [
        *with_server("(f)", work, int(3.5 * large * LARGE), lambda lab: CopyLab(options, work, lab, large, "large").measure()),
        *with_server("(f)", work, int(3.5 * middle * TYPICAL), lambda lab: CopyLab(options, work, lab, middle, "seed").measure()),
    ]


class CopyLab(Lab):
    def __init__(self, options, work, lab, count, kind):
        super().__init__(options, work, lab, count)
        self.kind, self.counts, self.plans = kind, {}, {}

    def measure(self):
        progress(f"(f) storing {self.count} objects")
        self.total = int(self.store(self.kind, str(self.count)))
        self.proxy = subprocess.Popen(
            [PROXY, self.url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=clean_environment() | self.variables)
        try:
            self.proxied = self.proxy.stdout.readline().strip()
            return self.compare()
        finally:
            self.proxy.stdin.close()
            self.proxy.wait()
            shutil.rmtree(self.place)

    def compare(self):
        # The floor sends no true checksums, which the proxy would refuse; carrying without it says what the proxy costs.
        contenders = [Contender("floor (no zip), no proxy", self.floor, self.finish), self.assembling("archiver, carry, no proxy", archiver.JIT, "carry", self.url)]
        for name, program in archiver.programs(self.options.native).items():
            contenders += [self.counted(self.assembling(f"{name}, {mode}", program, mode, self.proxied)) for mode in ("carry", "auto", "copy")]
        what = f"{self.count} x 256 MiB" if self.kind == "large" else f"{self.count:,} objects of about 5 MB"
        title = f"(f) S3 to S3, {what}, {self.total / GIB:.2f} GiB, through a proxy that answers as AWS does"
        result = Comparison(title, self.total, contenders, self.place, self.options.runs)
        result.print([contenders[0].name])
        print_table("through the worker, requests, price", ["", "read MiB", "sent MiB", "% sent", "GET", "UploadPart", "Copy", "all", "$", "$ as planned"], [self.row(name) for name in self.counts])
        share = self.sent("archiver, copy") / self.total * 100
        return [Target(f"(f) {what}: % sent through the worker", share, 8.5)] if self.kind == "large" else []

    def assembling(self, name, program, mode, url):
        files = [{"source": f"bench/{i:05}.bin", "destination": f"album/{i:05}.bin"} for i in range(self.count)]
        variables = self.variables | {"AWS_ENDPOINT_URL_S3": url, "ASSEMBLY": mode}

        def command(_):
            return archiver.archive(program, self.place, "s3://sources", "s3://archives", {"files": files}, variables)

        plan = command(0)
        planned = json.loads(subprocess.run(
            [*plan.arguments, "--plan", "--json"], input=plan.stdin, env=clean_environment() | plan.variables, capture_output=True, check=True).stdout)
        self.plans[name] = next(way["requestDollars"] for way in planned["ways"] if way["mode"] == planned["mode"])

        def finish(number, cost):
            archiver.check(cost, self.count)
            self.finish(number, cost)
        return Contender(name, command, finish)

    def counted(self, contender):
        def command(number):
            self.drain()
            return contender.command(number)

        def finish(number, cost):
            self.counts[contender.name] = self.drain()
            contender.finish(number, cost)
        return Contender(contender.name, command, finish)

    def drain(self):
        self.proxy.stdin.write("\n")
        self.proxy.stdin.flush()
        answer = self.proxy.stdout.readline()
        if not answer:
            raise Failed("(f) the proxy has ended")
        return json.loads(answer)

    def sent(self, name):
        return sum(self.counts[name].get(operation, {}).get("in", 0) for operation in ("UploadPart", "PutObject"))

    def row(self, name):
        counts = self.counts[name]
        requests = {operation: count["requests"] for operation, count in counts.items()}
        dollars = sum(n * (0 if operation in FREE else READ if operation in READS else WRITE) for operation, n in requests.items())
        planned = f"{self.plans[name]:.5f}" if name in self.plans else ""
        return [
            name, f"{counts.get('GetObject', {}).get('out', 0) / MIB:.1f}", f"{self.sent(name) / MIB:.1f}", f"{self.sent(name) / self.total * 100:.1f}",
            *[str(requests.get(operation, 0)) for operation in ("GetObject", "UploadPart", "UploadPartCopy")], str(sum(requests.values())), f"{dollars:.5f}", planned]
