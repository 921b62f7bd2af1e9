"""objects.py URL seed COUNT | large COUNT | small COUNT | clear BUCKET: puts the sources into S3, always the same sizes; or empties a bucket that holds one archive."""

import io
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config

LARGE = 256 << 20
LEAST, MEAN, SIGMA, MOST = 2_000_000, 5_000_000, 1_000_000, 8_000_000


def main(url, action, argument):
    client = boto3.client("s3", endpoint_url=url, config=Config(s3={"addressing_style": "path"}))
    print({"seed": seed, "large": large, "small": small}[action](client, int(argument)) if action != "clear" else clear(client, argument))


def seed(client, count):
    for bucket in ("sources", "archives"):
        client.create_bucket(Bucket=bucket)
    sizes = random.Random(1)
    sizes = [int(min(MOST, max(LEAST, sizes.gauss(MEAN, SIGMA)))) for _ in range(count)]
    noise = os.urandom(MOST)

    def put(i):
        # Each object's content begins with its number, so that no two are alike.
        client.put_object(Bucket="sources", Key=f"bench/{i:05}.bin", Body=(f"{i:05}".encode() + noise)[:sizes[i]])
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(put, range(count)))
    return sum(sizes)


def large(client, count):
    for bucket in ("sources", "archives"):
        client.create_bucket(Bucket=bucket)
    noise = os.urandom(LARGE)
    for i in range(count):
        client.upload_fileobj(io.BytesIO(f"{i:05}".encode() + noise[5:]), "sources", f"bench/{i:05}.bin")
    return count * LARGE


def small(client, count):
    for bucket in ("sources", "archives"):
        client.create_bucket(Bucket=bucket)
    for i in range(count):
        client.put_object(Bucket="sources", Key=f"bench/{i:05}.bin", Body=f"{i:05}".encode() + os.urandom(2995))
    return count * 3000


def clear(client, bucket):
    stored = client.list_objects_v2(Bucket=bucket)["Contents"]
    for item in stored:
        client.delete_object(Bucket=bucket, Key=item["Key"])
    return sum(item["Size"] for item in stored)


main(*sys.argv[1:])
