"""(b) S3 to S3: against getting and putting the same bytes without a zip, and against the aws command with zip between."""

import os
import shutil
import subprocess

import archiver
from archiver import ROOT
from compare import Comparison, Contender, Target, cpu, progress, wall
from folders import available_memory
from measure import GIB, Command, Failed

HERE = os.path.dirname(os.path.abspath(__file__))
ENDPOINTS = os.path.join(ROOT, "tests/endpoints")
FLOOR = os.path.join(ROOT, "artifacts/bench/Floor/archiver-floor")
OBJECTS = 3000
TYPICAL = 5_000_000


def measure(options, work):
    count = max(4, int(OBJECTS * options.scale))
    # The server keeps the sources, one archive, and what is being deleted, in memory.
    return with_server("(b)", work, int(3.5 * count * TYPICAL), lambda lab: Lab(options, work, lab, count).measure())


def with_server(scenario, work, capacity, use):
    """Starts an S3 server of its own for as long as it is used."""
    capacity = max(GIB, capacity)
    if capacity > available_memory():
        raise Failed(f"{scenario} the S3 server would need {capacity / GIB:.0f} GiB of memory; a smaller --scale fits")
    lab = os.path.join(work, "endpoints")
    # Always the server of tests/endpoints, with credentials of its own.
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "ARCHIVER_"))}
    start = [f"{ENDPOINTS}/start.sh", lab, str(os.getpid())]
    subprocess.run(start, check=True, env=variables | {"ARCHIVER_TEST_S3_BYTES": str(capacity)})
    try:
        return use(lab)
    finally:
        subprocess.run([f"{ENDPOINTS}/stop.sh", lab], check=True)


class Lab:
    def __init__(self, options, work, lab, count):
        self.options, self.lab, self.count = options, lab, count
        self.place = os.path.join(work, "s3")
        os.makedirs(self.place)
        with open(f"{lab}/endpoints.env") as file:
            self.variables = dict(line.rstrip("\n").split("=", 1) for line in file)
        self.url = self.variables["ARCHIVER_TEST_S3_URL"]

    def measure(self):
        progress(f"(b) storing {self.count} objects")
        # In a process of its own: boto3 would count into the memory of every child measured (ru_maxrss survives a fork).
        self.total = int(self.store("seed", str(self.count)))
        contenders = [Contender("floor (no zip)", self.floor, self.finish)]
        contenders += [self.archiver(name, program) for name, program in archiver.programs(self.options.native).items()]
        contenders.append(Contender("aws, zip -0, aws", self.aws, self.finish))
        title = f"(b) S3 to S3, {self.count:,} objects of about 5 MB, {self.total / GIB:.2f} GiB"
        result = Comparison(title, self.total, contenders, self.place, self.options.runs)
        floor = contenders[0].name
        result.print([floor])
        shutil.rmtree(self.place)
        return [
            Target("(b) wall x floor", result.ratio("archiver", floor, wall), 1.1),
            Target("(b) CPU x floor", result.ratio("archiver", floor, cpu), 1.3),
            Target("(b) CPU s/GiB", result.cpu_per_gib("archiver"), 1.5),
            Target("(b) peak MiB", result.peak("archiver"), 160),
        ]

    def floor(self, number):
        settings = ["Source:Location=s3://sources/bench", "Destination:Location=s3://archives"]
        return Command([FLOOR, f"floor-{number}.zip", *settings], self.place, variables=self.settings())

    def archiver(self, name, program):
        # As a request names them, each with a place in the archive.
        files = [{"source": f"bench/{i:05}.bin", "destination": f"album/{i:05}.bin"} for i in range(self.count)]

        def finish(number, cost):
            archiver.check(cost, self.count)
            self.finish(number, cost)
        return Contender(
            name, lambda _: archiver.archive(program, self.place, "s3://sources", "s3://archives", {"files": files}, self.settings()), finish)

    def aws(self, number):
        script = """
            aws() { /usr/bin/aws --endpoint-url "$URL" s3 cp --only-show-errors "$@"; }
            aws --recursive s3://sources/bench album && zip -0 -r -q all.zip album && aws all.zip "s3://archives/aws-$1.zip"
        """
        return Command(["sh", "-c", script, "sh", str(number)], self.place, variables=self.variables | {"URL": self.url})

    def settings(self):
        return self.variables | {"AWS_ENDPOINT_URL_S3": self.url}

    def finish(self, number, cost):
        """Checks that one archive of the right size is there, and takes it away: the server's memory is limited."""
        for name in ("album", "all.zip"):
            subprocess.run(["rm", "-rf", os.path.join(self.place, name)], check=True)
        stored = int(self.store("clear", "archives"))
        if stored < self.total:
            raise Failed(f"{stored} bytes were stored instead of {self.total}")
        subprocess.run(
            ["radosgw-admin", "-c", f"{self.lab}/s3/ceph.conf", "-n", "client.rgw", "gc", "process", "--include-all"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def store(self, *arguments):
        done = subprocess.run(
            ["/usr/bin/python3", "-B", f"{HERE}/objects.py", self.url, *arguments], env=os.environ | self.variables, capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(f"objects.py {arguments[0]}: {done.stderr[-2000:]}")
        return done.stdout
