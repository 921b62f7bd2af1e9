// cloudformation.mjs FILE: holds a template against AWS's own description of its resource types: properties, their types, which are required,
// attributes, and whatever is named within the template. It knows nothing of the values that a property of type string may have.
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { end, read } from './documents.mjs';

const problems = [];
const [template] = read(process.argv[2], problems);
if (template === null || template === undefined)
  end(problems.length ? problems : ['there is no document']);

const types = loadAwsServiceSpecSync();
const sections = ['AWSTemplateFormatVersion', 'Description', 'Metadata', 'Parameters', 'Mappings', 'Rules', 'Conditions', 'Transform', 'Resources', 'Outputs'];
const resourceSections = ['Type', 'Properties', 'DependsOn', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'CreationPolicy', 'UpdatePolicy', 'Metadata'];
const pseudoParameters = ['AccountId', 'NotificationARNs', 'NoValue', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(name => `AWS::${name}`);

const { Parameters: parameters = {}, Conditions: conditions = {}, Resources: resources = {}, Outputs: outputs = {} } = template;
const used = new Set();
const isObject = value => value !== null && typeof value === 'object' && !Array.isArray(value);
const typeOf = name => types.lookup('resource', 'cloudFormationType', 'equals', name)[0];
const tell = (path, problem) => problems.push(`${path}: ${problem}`);

function reference(name, path) {
  used.add(name);
  if (!(name in parameters) && !(name in resources) && !pseudoParameters.includes(name))
    tell(path, `refers to ${name}, which is not there`);
}

function attribute([name, member], path) {
  const type = resources[name] && typeOf(resources[name].Type);
  used.add(name);
  if (!resources[name])
    tell(path, `asks for an attribute of ${name}, which is no resource`);
  else if (type && !(member in type.attributes))
    tell(path, `${resources[name].Type} has no attribute ${member}`);
}

function condition(name, path) {
  used.add(name);
  if (!(name in conditions))
    tell(path, `needs the condition ${name}, which is not there`);
}

const isFunction = value => isObject(value) && Object.keys(value).length === 1 && /^(Ref|Condition|Fn::.*)$/.test(Object.keys(value)[0]);

/** Looks into a function of CloudFormation, and gives the values that it may stand for, as far as they are in the template. */
function evaluate(value, path) {
  const [name, argument] = Object.entries(value)[0];
  if (name === 'Ref') {
    reference(argument, path);
  } else if (name === 'Fn::GetAtt') {
    attribute(argument, path);
  } else if (name === 'Condition') {
    condition(argument, path);
  } else if (name === 'Fn::If') {
    if (!Array.isArray(argument) || argument.length !== 3)
      tell(path, 'Fn::If wants a condition and two values');
    condition(argument[0], path);
    return argument.slice(1).filter(branch => !(isObject(branch) && branch.Ref === 'AWS::NoValue'));
  } else if (name === 'Fn::Sub') {
    const [text, own] = Array.isArray(argument) ? argument : [argument, {}];
    for (const [, named] of String(text).matchAll(/\$\{([^!}][^}]*)\}/g))
      if (!(named in own))
        named.includes('.') ? attribute([named.slice(0, named.indexOf('.')), named.slice(named.indexOf('.') + 1)], path) : reference(named, path);
    functions(own, path);
  } else {
    functions(argument, path);
  }
  return [];
}

/** Looks into the functions in a value of no known type. */
function functions(value, path) {
  if (isFunction(value))
    evaluate(value, path).forEach(branch => functions(branch, path));
  else if (value !== null && typeof value === 'object')
    Object.entries(value).forEach(([key, inner]) => functions(inner, `${path}.${key}`));
}

const scalars = {
  string: value => ['string', 'number', 'boolean'].includes(typeof value),
  integer: value => /^-?\d+$/.test(String(value)),
  number: value => /^-?\d+(\.\d+)?$/.test(String(value)),
  boolean: value => /^(true|false)$/.test(String(value)),
  'date-time': value => typeof value === 'string',
};

function check(value, type, path) {
  if (isFunction(value))
    evaluate(value, path).forEach(branch => check(branch, type, path));
  else if (type.type === 'json')
    functions(value, path);
  else if (type.type === 'tag')
    functions(value, path);
  else if (type.type === 'union')
    isObject(value) || Array.isArray(value) ? functions(value, path) : undefined;
  else if (type.type === 'array')
    Array.isArray(value) ? value.forEach((element, index) => check(element, type.element, `${path}[${index}]`)) : tell(path, 'is no list');
  else if (type.type === 'map')
    isObject(value) ? Object.entries(value).forEach(([key, element]) => check(element, type.element, `${path}.${key}`)) : tell(path, 'is no map');
  else if (type.type === 'ref')
    isObject(value) ? members(value, types.get('typeDefinition', type.reference.$ref).properties, path) : tell(path, 'is no object');
  else if (!scalars[type.type]?.(value))
    tell(path, `is no ${type.type}: ${JSON.stringify(value)}`);
}

function members(value, properties, path) {
  for (const [name, inner] of Object.entries(value))
    properties[name] ? check(inner, properties[name].type, `${path}.${name}`) : tell(path, `there is no property ${name}`);
  for (const [name, property] of Object.entries(properties))
    if (property.required && !(name in value))
      tell(path, `${name} is required`);
}

for (const name of Object.keys(template).filter(name => !sections.includes(name)))
  tell(name, 'is no section of a template');
for (const [name, { Default: standard, AllowedValues: allowed, AllowedPattern: pattern }] of Object.entries(parameters)) {
  if (standard !== undefined && allowed && !allowed.includes(standard))
    tell(`Parameters.${name}`, 'its default is not allowed');
  if (standard !== undefined && pattern && !new RegExp(`^(?:${pattern})$`).test(standard))
    tell(`Parameters.${name}`, 'its default does not match its pattern');
}
functions(Object.fromEntries(Object.entries(conditions)), 'Conditions');
for (const [name, resource] of Object.entries(resources)) {
  const type = typeOf(resource.Type);
  for (const section of Object.keys(resource).filter(section => !resourceSections.includes(section)))
    tell(`Resources.${name}`, `${section} is no part of a resource`);
  for (const other of [resource.DependsOn ?? []].flat())
    if (!resources[other])
      tell(`Resources.${name}`, `depends on ${other}, which is not there`);
  if (resource.Condition)
    condition(resource.Condition, `Resources.${name}`);
  type ? members(resource.Properties ?? {}, type.properties, `Resources.${name}`) : tell(`Resources.${name}`, `there is no type ${resource.Type}`);
}
functions(outputs, 'Outputs');
for (const name of [...Object.keys(parameters), ...Object.keys(conditions)].filter(name => !used.has(name)))
  tell(name, 'is never used');
end(problems);
