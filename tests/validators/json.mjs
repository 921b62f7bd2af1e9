// json.mjs FILE: prints the documents of a YAML file as one JSON array.
import { end, read } from './documents.mjs';

const problems = [];
const documents = read(process.argv[2], problems);
if (problems.length === 0)
  console.log(JSON.stringify(documents));
end(problems);
