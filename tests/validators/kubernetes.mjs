// kubernetes.mjs FILE...: holds every object against the API's schema of its kind. What the schema never asks for is a property that does not exist,
// which the API server would drop without a word.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { end, read } from './documents.mjs';

const require = createRequire(import.meta.url);
const problems = [];

const folder = name => dirname(require.resolve(`${name}/package.json`));
const schemas = {
  'apps/v1': ['kubernetes-models', 'IoK8sApiAppsV1'],
  v1: ['kubernetes-models', 'IoK8sApiCoreV1'],
  'policy/v1': ['kubernetes-models', 'IoK8sApiPolicyV1'],
  'networking.k8s.io/v1': ['kubernetes-models', 'IoK8sApiNetworkingV1'],
  'keda.sh/v1alpha1': ['@kubernetes-models/keda', 'ComGithubKedacoreKedaV2ApisKedaV1alpha1'],
};

/** The same value, noting by path what is asked of it. */
function watched(value, path, asked) {
  if (value === null || typeof value !== 'object')
    return value;
  return new Proxy(value, {
    get(target, key) {
      if (typeof key === 'symbol' || !Object.hasOwn(target, key))
        return target[key];
      asked.add(`${path}/${key}`);
      return watched(target[key], `${path}/${key}`, asked);
    },
  });
}

function tellUnasked(value, path, asked) {
  if (value === null || typeof value !== 'object')
    return;
  for (const [key, inner] of Object.entries(value))
    asked.has(`${path}/${key}`) ? tellUnasked(inner, `${path}/${key}`, asked) : problems.push(`${path}/${key}: there is no such property`);
}

for (const file of process.argv.slice(2))
  for (const document of read(file, problems)) {
    if (document === null)
      continue;
    const name = `${file.slice(file.lastIndexOf('/') + 1)}: ${document.kind}`;
    const [model, prefix] = schemas[document.apiVersion] ?? [];
    if (!model) {
      problems.push(`${name}: ${document.apiVersion} is not known here`);
      continue;
    }
    let validate;
    try {
      ({ validate } = await import(join(folder(model), '_schemas', `${prefix}${document.kind}.js`)));
    } catch {
      problems.push(`${name}: ${document.apiVersion} has no such kind`);
      continue;
    }
    const asked = new Set();
    if (!validate(watched(document, name, asked)))
      problems.push(...validate.errors.map(error => `${name}${error.instancePath}: ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`));
    tellUnasked(document, name, asked);
  }
end(problems);
