// dockerfile.mjs FILE: tells mistakes in a Dockerfile.
import { readFileSync } from 'node:fs';
import utilities from 'dockerfile-utils';
import { end } from './documents.mjs';

end(utilities.validate(readFileSync(process.argv[2], 'utf8')).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`));
