// An SQS client that shares no code with the program: the AWS SDK for JavaScript. Endpoint, region and credentials
// come from the usual environment variables.
//
//   sqs-client.mjs send QUEUE_URL [NAME=VALUE...]   sends what stands on standard input, prints the message's id
//   sqs-client.mjs receive QUEUE_URL                prints and deletes one message, exits with 1 if none comes in 20 s
import { text } from 'node:stream/consumers';
import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const [command, QueueUrl, ...rest] = process.argv.slice(2);
const client = new SQSClient();

if (command === 'send') {
  const attributes = rest.map((pair) => pair.split(/=(.*)/s));
  const MessageAttributes = Object.fromEntries(
    attributes.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  const MessageBody = await text(process.stdin);
  console.log((await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }))).MessageId);
} else if (command === 'receive') {
  const request = { QueueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] };
  const message = (await client.send(new ReceiveMessageCommand(request))).Messages?.[0];
  if (!message) process.exit(1);
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, value.StringValue]);
  console.log(JSON.stringify({ id: message.MessageId, body: message.Body, attributes: Object.fromEntries(attributes) }));
} else {
  console.error('usage: sqs-client.mjs send|receive QUEUE_URL [NAME=VALUE...]');
  process.exit(64);
}
