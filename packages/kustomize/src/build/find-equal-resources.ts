import type { Position } from '@overlay-render/system'
import { RE2JS, RE2JSException } from 're2js'

import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import { readDocuments, readFirstDocument, type Value } from '../graph/yaml-value.ts'
import { type BuildInputs, findObjects, type FoundObject, textsOfRole } from './find-resources.ts'
import { listPatches } from './list-patches.ts'
import type { ResourceIdentity } from './resource-id.ts'

/**
 * The positions of the resources that end up with the same identity: those written with it, and those that a patch or a
 * `namespace` moves to it. If that does not explain two, all of that kind and name.
 */
export function findEqualResources(inputs: BuildInputs, identity: ResourceIdentity): Position[] {
  const candidates = findObjects(inputs, identity)
  const moves = isNamespaceSet(inputs, identity.namespace) ? () => true : makeMoveTest(inputs, identity)
  const equal = candidates.filter((object) => object.namespace === identity.namespace || moves(object))
  return (equal.length > 1 ? equal : candidates).map(({ position }) => position)
}

/** The positions that bring a file into a build: where it is listed, or where its root is if that is listed more than once. */
export function findMentions({ graph }: BuildInputs, shown: string): readonly Position[] {
  const files = graph.files.filter((file) => file.shown === shown)
  if (files.length > 1) return files.flatMap(({ position }) => position ?? [])
  const root = graph.roots.find(({ path }) => path === files[0]?.root)
  return root?.namedBy ?? []
}

function isNamespaceSet(inputs: BuildInputs, namespace: string | undefined): boolean {
  for (const { text } of textsOfRole(inputs, 'kustomization')) {
    if (namespace !== undefined && textOf(fieldOf(readFirstDocument(text).value, 'namespace')) === namespace)
      return true
  }
  return false
}

/** A test for objects that some patch moves into the namespace of `identity`. */
function makeMoveTest(inputs: BuildInputs, identity: ResourceIdentity): (object: FoundObject) => boolean {
  const targets: Value[] = []
  for (const { text, target } of listPatches(inputs)) {
    if (target !== undefined && setsNamespace(text, identity.namespace ?? '')) targets.push(target)
  }
  return ({ namespace = '' }) => {
    const { kind, name, group } = identity
    return targets.some((target) => {
      const given = { kind, name, group, namespace }
      return Object.entries(given).every(([field, text]) => matches(textOf(fieldOf(target, field)), text))
    })
  }
}

function setsNamespace(patch: string, namespace: string): boolean {
  for (const { value } of readDocuments(patch)) {
    const sets = itemsOf(value).some((operation) => {
      const path = textOf(fieldOf(operation, 'path'))
      return path === '/metadata/namespace' && textOf(fieldOf(operation, 'value')) === namespace
    })
    if (sets) return true
  }
  return false
}

/** Like kustomize's selectors: an anchored RE2 pattern, where an empty one matches everything. */
function matches(pattern: string, text: string): boolean {
  if (pattern === '' || pattern === text) return true
  try {
    return RE2JS.matches(pattern, text)
  } catch (error) {
    // An invalid pattern selects nothing; kustomize reports it later.
    if (error instanceof RE2JSException) return false
    throw error
  }
}
