// Reads YAML as plain objects; CloudFormation's short forms (!Ref, !Sub, ...) become their long ones.
import { readFileSync } from 'node:fs';
import { parseAllDocuments, visit } from 'yaml';

const functions = ['Sub', 'Join', 'If', 'Equals', 'Not', 'And', 'Or', 'Select', 'Split', 'FindInMap', 'Base64', 'Cidr', 'GetAZs', 'ImportValue'];
const collections = { seq: 'seq', map: 'map' };

const tag = (name, key, convert = value => value) => [
  { tag: `!${name}`, resolve: text => ({ [key]: convert(text) }) },
  ...Object.values(collections).map(collection => ({ tag: `!${name}`, collection, resolve: node => ({ [key]: convert(node.toJSON()) }) })),
];
const customTags = [
  ...tag('Ref', 'Ref'),
  ...tag('Condition', 'Condition'),
  ...tag('GetAtt', 'Fn::GetAtt', value => typeof value === 'string' ? [value.slice(0, value.indexOf('.')), value.slice(value.indexOf('.') + 1)] : value),
  ...functions.flatMap(name => tag(name, `Fn::${name}`)),
];

// The nodes that tags become hold plain objects, and these hold such nodes in turn.
const plain = value =>
  value && typeof value.toJSON === 'function' ? plain(value.toJSON())
    : Array.isArray(value) ? value.map(plain)
      : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]))
        : value;

/** Every document of a file; what is wrong with its YAML is added to the problems. */
export function read(file, problems) {
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { customTags, version: '1.1', merge: false });
  return documents.map(document => {
    problems.push(...[...document.errors, ...document.warnings].map(error => error.message));
    // CloudFormation takes none, and nobody else needs them here.
    visit(document, { Alias: (_, alias) => { problems.push(`there is an alias, *${alias.source}`); } });
    return document.errors.length ? null : plain(document.toJS());
  });
}

/** Tells the problems of a file, one a line, and ends: 0 when there are none, else 1. */
export function end(problems) {
  for (const problem of problems)
    console.error(problem);
  process.exit(problems.length === 0 ? 0 : 1);
}
