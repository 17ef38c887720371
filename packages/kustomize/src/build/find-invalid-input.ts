import { findTextProblem, nearestNames } from '@overlay-render/system'

import type { InputRole } from '../graph/input-graph.ts'
import { fieldOf, itemsOf, textOf } from '../graph/value-fields.ts'
import { makeLocator, readDocuments } from '../graph/yaml-value.ts'
import type { Explanation } from './failure.ts'
import type { BuildInputs } from './find-resources.ts'
import { listPatches, type PatchText } from './list-patches.ts'

/** The roles of files that kustomize reads as YAML. */
const ROLES = new Set<InputRole>([
  'kustomization',
  'resource',
  'patch',
  'configuration',
  'crd',
  'openapi',
  'replacement',
])

/** The first input that no build can read: not UTF-8, with conflict markers, or an object without a kind. */
export function findInvalidInput({ graph, view }: BuildInputs): Explanation | undefined {
  for (const { role, real, shown } of graph.files) {
    if (!ROLES.has(role) || view.kindOf(real) !== 'file') continue
    const bytes = view.readFile(real)
    const unfit = findTextProblem(bytes)
    if (unfit !== undefined) {
      const { problem, hint, line, column } = unfit
      const position = { file: shown, line, column }
      return { code: 'resource-invalid', message: `this file ${problem}`, hint, position }
    }
    const missing =
      role === 'resource' ? findMissingKind(Buffer.from(bytes).toString('utf8'), shown) : undefined
    if (missing !== undefined) return missing
  }
  for (const patch of listPatches({ graph, view })) {
    const found = findUnfitPatch(patch)
    if (found !== undefined) return found
  }
  return undefined
}

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'copy', 'test']

function findUnfitPatch({ text, position }: PatchText): Explanation | undefined {
  if (text.trim() === '') {
    const hint = 'write the patch, or remove it from the kustomization'
    return { code: 'patch-empty', message: 'this patch is empty', hint, position }
  }
  for (const { value } of readDocuments(text)) {
    for (const operation of itemsOf(value)) {
      const op = textOf(fieldOf(operation, 'op'))
      if (op === '' || OPERATIONS.includes(op)) continue
      const [near] = nearestNames(op, OPERATIONS)
      return {
        code: 'patch-invalid',
        message: `this patch has the unknown RFC 6902 operation ${op}`,
        hint: near === undefined ? `the operations are ${OPERATIONS.join(', ')}` : `did you mean ${near}?`,
        position,
      }
    }
  }
  return undefined
}

function findMissingKind(text: string, shown: string): Explanation | undefined {
  for (const { value, fault } of readDocuments(text)) {
    if (fault !== undefined) return undefined
    const has = (field: string): boolean => textOf(fieldOf(value, field)) !== ''
    if (!has('apiVersion') || has('kind')) continue
    return {
      code: 'resource-invalid',
      message: 'this resource has no kind',
      hint: 'a Kubernetes object has apiVersion, kind and metadata.name',
      position: makeLocator(shown, text)(value.at),
    }
  }
  return undefined
}
