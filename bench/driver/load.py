"""(e) Many small requests through the poller: what one message costs the supervisor and the processor."""

import json
import os
import shutil
import subprocess
import threading
import time
import urllib.request

import archiver
from archiver import ROOT
from compare import Target, print_table, progress
from measure import Failed, clean_environment

ENDPOINTS = os.path.join(ROOT, "tests/endpoints")
POLLER = os.path.join(ROOT, "artifacts/bench/Poller/archiver-poller")
COUNTS = [100, 300, 1000]
CONCURRENCY = 16
TICKS = os.sysconf("SC_CLK_TCK")


def measure(options, work):
    place = os.path.join(work, "load")
    os.makedirs(f"{place}/sources/aip")
    for i in range(3):
        with open(f"{place}/sources/aip/{i}.txt", "w") as file:
            file.write(f"{i}\n" * 500)
    lab = os.path.join(work, "endpoints")
    subprocess.run([f"{ENDPOINTS}/start.sh", lab, str(os.getpid())], check=True)
    try:
        with open(f"{lab}/endpoints.env") as file:
            variables = dict(line.rstrip("\n").split("=", 1) for line in file)
        targets = []
        for name, program in archiver.programs(options.native).items():
            loads = [Load(place, variables, program, max(10, int(count * options.scale))) for count in COUNTS]
            print_loads(f"(e) requests of three files of 1 kB, folder to folder, queues on SQS, {CONCURRENCY} at once, {name}", loads)
            for what in ("poller_ms", "processor_ms"):
                targets.append(Target(f"(e) {what} a message, {loads[-1].count} x {loads[0].count} requests, {name}",
                                      getattr(loads[-1], what) / getattr(loads[0], what), 1.25))
        return targets
    finally:
        subprocess.run([f"{ENDPOINTS}/stop.sh", lab], check=True)
        shutil.rmtree(place, ignore_errors=True)


class Load:
    """One poller that works off so many requests and ends."""

    def __init__(self, place, variables, program, count):
        progress(f"(e) {count} requests, {program}")
        self.count = count
        self.sqs = variables["ARCHIVER_TEST_SQS_URL"]
        requests, completions = (self.call("CreateQueue", QueueName=f"load-{name}-{os.getpid()}-{time.time_ns()}")["QueueUrl"] for name in ("requests", "completions"))
        # Every archive is another: a date of its own.
        bodies = [json.dumps({"aipid": "aip", "timestamp": f"{1000 + i:04}-01-01T00:00:00Z"}) for i in range(count)]
        for start in range(0, count, 10):
            self.call("SendMessageBatch", QueueUrl=requests, Entries=[{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies[start:start + 10])])
        shutil.rmtree(f"{place}/into", ignore_errors=True)
        self.run(program, place, variables | {
            "Queue__Requests": requests, "Queue__Completions": completions, "AWS_ENDPOINT_URL_SQS": self.sqs,
            "Source__Location": f"{place}/sources", "Destination__Location": f"{place}/into",
            "Processor__Path": program, "MAX_CONCURRENCY": str(CONCURRENCY)})
        made = sum(len(files) for _, _, files in os.walk(f"{place}/into"))
        if made != count:
            raise Failed(f"{count} requests were sent, but {made} archives made")

    def run(self, program, place, variables):
        with open(f"{place}/log", "wb") as log:
            poller = subprocess.Popen([POLLER, "--drain"], cwd=place, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, env=clean_environment() | variables)
            own = OwnTime(poller.pid)
            _, status, used = os.wait4(poller.pid, 0)
        own.join()
        if status != 0:
            with open(f"{place}/log") as log:
                raise Failed(f"archiver-poller ended with {os.waitstatus_to_exitcode(status)}: {log.read()[-2000:]}")
        self.seconds = working_time(f"{place}/log")
        self.rate = self.count / self.seconds
        self.poller_ms = own.seconds * 1000 / self.count
        self.processor_ms = (used.ru_utime + used.ru_stime - own.seconds) * 1000 / self.count
        self.peak_mib = own.peak_mib

    def call(self, action, **arguments):
        request = urllib.request.Request(self.sqs, json.dumps(arguments).encode(), {
            "X-Amz-Target": f"AmazonSQS.{action}", "Content-Type": "application/x-amz-json-1.0"})
        with urllib.request.urlopen(request) as answer:
            return json.loads(answer.read() or b"{}")


class OwnTime(threading.Thread):
    """CPU time and peak memory of a process alone: read again and again, because both are gone with it."""

    def __init__(self, process):
        super().__init__(daemon=True)
        self.process, self.seconds, self.peak_mib = process, 0.0, 0.0
        self.start()

    def run(self):
        try:
            while True:
                with open(f"/proc/{self.process}/stat") as file:
                    fields = file.read().rpartition(") ")[2].split()
                if fields[0] == "Z":
                    return
                self.seconds = (int(fields[11]) + int(fields[12])) / TICKS
                with open(f"/proc/{self.process}/status") as file:
                    self.peak_mib = next((int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM")), self.peak_mib)
                time.sleep(0.02)
        except OSError:
            return


def working_time(log):
    """From the first message received to the last archive told."""
    times = []
    with open(log) as file:
        for line in file:
            event = json.loads(line)
            if event["@mt"].startswith(("Received", "Archived as")):
                times.append(time.mktime(time.strptime(event["@t"][:19], "%Y-%m-%dT%H:%M:%S")) + float("0" + event["@t"][19:].rstrip("Z")))
    return max(times) - min(times)


def print_loads(title, loads):
    print_table(title, ["requests", "wall s", "messages/s", "poller CPU ms", "processor CPU ms", "poller peak MiB"], [
        [f"{load.count:,}", f"{load.seconds:.1f}", f"{load.rate:.1f}", f"{load.poller_ms:.1f}", f"{load.processor_ms:.1f}", f"{load.peak_mib:.0f}"] for load in loads])
