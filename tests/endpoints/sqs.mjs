// An SQS server on a free port of 127.0.0.1. Prints the port once it listens.
//
// Put together by hand because the package's own start function listens on every interface, and gives out queue
// URLs on sqs.REGION.localhost, a name that not every machine resolves.
import { buildApp } from 'fauxqs';
import { SqsStore } from './node_modules/fauxqs/dist/sqs/sqsStore.js';

const sqsStore = new SqsStore();
// Queue URLs then name the host that the request was sent to.
sqsStore.host = undefined;

const app = buildApp({ logger: false, defaultRegion: process.env.AWS_REGION, stores: { sqsStore } });
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`listening on ${app.server.address().port}`);
