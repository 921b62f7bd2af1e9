// cyclonedx.mjs FILE: holds a bill of materials against the schema of CycloneDX 1.6.
import { readFileSync } from 'node:fs';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { end } from './documents.mjs';

const errors = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(readFileSync(process.argv[2], 'utf8'));
end((errors ?? []).map(error => `${error.instancePath}: ${error.message}`));
