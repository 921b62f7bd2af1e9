"""zip_one_object.py URL BUCKET KEY INTO ARCHIVE: what one would write by hand: gets an object, zips it stored, puts the archive."""

import io
import sys
import zipfile

import boto3
from botocore.config import Config

url, bucket, key, into, archive = sys.argv[1:]
client = boto3.client("s3", endpoint_url=url, config=Config(s3={"addressing_style": "path"}))
body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
content = io.BytesIO()
with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as file:
    file.writestr(key.rsplit("/", 1)[-1], body)
client.put_object(Bucket=into, Key=archive, Body=content.getvalue())
