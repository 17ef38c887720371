import { HIDDEN, type Resolution } from '@overlay-render/system'

import { KustomizeFault } from '../kustomize-fault.ts'
import type { GeneratorName, InputRole, Mention, MissingInput } from './input-graph.ts'

const NOUNS: Readonly<Record<InputRole, string>> = {
  kustomization: 'kustomization',
  resource: 'resource',
  patch: 'patch',
  'configmap-file': 'file',
  'configmap-env': 'env file',
  'secret-file': 'secret file',
  'secret-env': 'secret env file',
  configuration: 'configuration',
  crd: 'CRD file',
  openapi: 'OpenAPI schema',
  replacement: 'replacement',
  plugin: 'plugin configuration',
  chart: 'file of a chart',
  'chart-values': 'values file of a chart',
}

const BY_TEMPLATE = 'if it is not in git, create it with a template (templates: in overlay-render.yaml)'
const HINTS: Partial<Record<InputRole, string>> = {
  resource: BY_TEMPLATE,
  patch: BY_TEMPLATE,
  'configmap-file': BY_TEMPLATE,
  'configmap-env': BY_TEMPLATE,
  'chart-values': BY_TEMPLATE,
  'secret-file': 'put the secret there, or render with stub secrets',
  'secret-env': 'put the secret there, or render with stub secrets',
}

const HIDDEN_HINT = 'add it to git, or create it with a template (templates: in overlay-render.yaml)'

/** Adds the fault for a missing input, which names its generator and has a hint. */
export function describeMissing(
  { real, links, hidden }: Resolution & { readonly outcome: 'missing'; readonly hidden: boolean },
  mention: Mention,
  generator: GeneratorName | undefined,
  shown: (path: string) => string,
): MissingInput {
  const { path, role, position } = mention
  const owner = generator === undefined ? '' : ` of ${generator.kind} ${generator.name}`
  const led = links.length > 0 ? ` (a link leads to ${shown(real)})` : ''
  const fault = new KustomizeFault({
    code: 'input-missing',
    message: `${NOUNS[role]} ${shown(path)}${owner} ${hidden ? HIDDEN : 'does not exist'}${led}`,
    hint: hidden ? HIDDEN_HINT : HINTS[role],
    position,
  })
  return { ...mention, real, generator, fault }
}
