#!/usr/bin/env bash
# Creates queues with a dead-letter queue, buckets, and sources for the sample requests. LocalStack runs it once it is ready.
set -euo pipefail
aws() { command "${AWS:-awslocal}" "$@"; }

dead=$(aws sqs create-queue --queue-name archive-requests-dead --query QueueUrl --output text)
arn=$(aws sqs get-queue-attributes --queue-url "$dead" --attribute-names QueueArn --query Attributes.QueueArn --output text)
aws sqs create-queue --queue-name archive-requests --attributes \
  "{\"VisibilityTimeout\":\"60\",\"RedrivePolicy\":\"{\\\"deadLetterTargetArn\\\":\\\"$arn\\\",\\\"maxReceiveCount\\\":\\\"5\\\"}\"}"
aws sqs create-queue --queue-name archive-completions

aws s3api create-bucket --bucket archive-sources
aws s3api create-bucket --bucket archive-downloads
for name in trial2.txt trial1.txt; do
  echo "This is $name." >"/tmp/$name"
  aws s3api put-object --bucket archive-sources --key "mds2909/$name" --body "/tmp/$name"
done
