import {
  groupOf,
  isMap,
  mapsOf,
  member,
  memberAt,
  type Resource,
  type ResourceId,
  textOf,
} from '@overlay-render/golden'
import type { ApiDocument, ApiSchema } from '@overlay-render/kustomize'

import { customSchema } from './custom-schema.ts'

/** The schemas of kinds. */
export interface KnownKinds {
  /** The schema of a kind; undefined when there is none. */
  readonly schemaOf: (id: ResourceId) => ApiSchema | undefined
  /** The schema that `ref` names. */
  readonly definition: (name: string) => ApiSchema | undefined
}

/**
 * The kinds of Kubernetes, and those of CustomResourceDefinitions.
 *
 * @param resources objects among which such definitions are looked for; for each kind the first one counts
 */
export function knownKinds(api: ApiDocument | undefined, resources: readonly Resource[]): KnownKinds {
  const definition = (name: string): ApiSchema | undefined =>
    api !== undefined && Object.hasOwn(api.definitions, name) ? api.definitions[name] : undefined
  const custom = new Map<string, ApiSchema | undefined>()
  return {
    definition,
    schemaOf: ({ apiVersion, kind }) => {
      const key = `${apiVersion} ${kind}`
      if (api !== undefined && Object.hasOwn(api.kinds, key)) return definition(api.kinds[key] ?? '')
      if (!custom.has(key)) custom.set(key, findCustom(apiVersion, kind, resources))
      return custom.get(key)
    },
  }
}

function findCustom(apiVersion: string, kind: string, resources: readonly Resource[]): ApiSchema | undefined {
  const group = groupOf(apiVersion)
  if (group === '') return undefined
  const crd = resources.find(
    ({ id, value }) =>
      id.kind === 'CustomResourceDefinition' &&
      memberAt(value, 'spec', 'group') === group &&
      memberAt(value, 'spec', 'names', 'kind') === kind,
  )
  return crd === undefined ? undefined : versionSchema(crd, apiVersion.slice(group.length + 1))
}

/** `v1beta1` may have one schema for all versions, and keeps unknown fields by default. */
function versionSchema({ id, value }: Resource, version: string): ApiSchema | undefined {
  const spec = member(value, 'spec')
  const own = mapsOf(spec, 'versions').find((each) => textOf(each, 'name') === version)
  const isOnly = own === undefined && textOf(spec, 'version') === version
  if (own === undefined && !isOnly) return undefined
  const schema = memberAt(own, 'schema', 'openAPIV3Schema') ?? memberAt(spec, 'validation', 'openAPIV3Schema')
  if (!isMap(schema)) return undefined
  const isBeta = id.apiVersion.endsWith('/v1beta1')
  return customSchema(schema, isBeta && member(spec, 'preserveUnknownFields') !== false)
}
