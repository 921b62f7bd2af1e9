// An SQS server on a free port of 127.0.0.1. Prints the port once it listens.
import net from 'node:net';

// The server asks for every interface; this keeps it on loopback. It must come before the import below.
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (options, ...rest) {
  return listen.call(this, { ...options, host: '127.0.0.1' }, ...rest);
};

const { startFauxqs } = await import('fauxqs');
const server = await startFauxqs({ port: 0, logger: false, defaultRegion: process.env.AWS_REGION });
console.log(`listening on ${server.port}`);
