/** Explains failures about patches: see `causes.ts`. */

import type { Position } from '@overlay-render/system'

import { EMPTY_PATCH_HINT } from '../graph/check-content.ts'
import { readDocuments } from '../graph/yaml-value.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

import type { Explanation, Failure } from './failure.ts'
import { findUnreadable } from './find-broken.ts'
import { type BuildInputs, findObjects, findText, isObject, pointTo } from './find-resources.ts'
import { hasManyDocuments, isEmptyPatch, isInvalidPatch, isOperations, listPatches } from './list-patches.ts'
import { describeIdentity, parseResourceIdentity, type ResourceIdentity } from './resource-id.ts'

export function explainUnmatched([, printed = '']: readonly string[], { inputs }: Failure): Explanation {
  const identity = parseResourceIdentity(printed)
  const places = identity === undefined ? [] : findPatchesFor(identity, inputs)
  return {
    code: 'patch-unmatched',
    message: `the patch is for ${identity === undefined ? printed : describeIdentity(identity)}, which is not among the resources`,
    hint: 'add the resource, correct the name or namespace, or remove the patch',
    ...pointTo(places),
  }
}

/** The positions of patches for an object, in files or else inline in kustomizations. */
function findPatchesFor(identity: ResourceIdentity, inputs: BuildInputs): Position[] {
  const inFiles = findObjects(inputs, identity, 'patch')
  if (inFiles.length > 0) return inFiles.map(({ position }) => position)
  return [...listPatches(inputs)]
    .filter(({ text }) => [...readDocuments(text)].some(({ value }) => isObject(value, identity)))
    .map(({ position }) => position)
}

export function explainPatchSyntax(
  [, path = '', reason = '']: readonly string[],
  { inputs }: Failure,
): Explanation {
  const position = findUnreadable(inputs, path)
  const what = position === undefined ? path : 'this'
  return { code: 'patch-invalid', message: `${what} is not YAML: ${reason}`, position }
}

export function explainNoContent([, path = '']: readonly string[], { inputs }: Failure): Explanation {
  const named = inputs.graph.files.find(({ role, written }) => role === 'patch' && written === path)
  return {
    code: 'patch-empty',
    message: `${named === undefined ? 'a patch' : `patch ${named.shown}`} is empty, which kustomize rejects`,
    hint: 'remove it from the kustomization',
    position: named?.position,
  }
}

export function explainNoPatch(_match: readonly string[], { inputs, version }: Failure): Explanation {
  const together = hasBehaviour(version, 'patch-has-many-documents')
    ? []
    : [...listPatches(inputs)].filter(hasManyDocuments)
  if (together.length > 0) {
    return {
      code: 'patch-invalid',
      message: `a patch has several documents, which kustomize reads since 5.2, and ${version} is pinned`,
      hint: 'write each document as its own patch, or pin a newer kustomize',
      ...pointTo(together.map(({ position }) => position)),
    }
  }
  const patches = [...listPatches(inputs)].filter((patch) => isInvalidPatch(patch))
  const what = patches.length === 1 ? 'this' : 'a patch'
  return {
    code: 'patch-invalid',
    message: `${what} is neither a list of operations nor a patch with apiVersion, kind and metadata.name`,
    ...pointTo(patches.map(({ position }) => position)),
  }
}

export function explainNoTarget(_match: readonly string[], { inputs }: Failure): Explanation {
  const patches = [...listPatches(inputs)].filter(
    (patch) => patch.target === undefined && isOperations(patch),
  )
  return {
    code: 'patch-invalid',
    message: 'a patch that is a list of operations must have a target',
    ...pointTo(patches.map(({ position }) => position)),
  }
}

export function explainEmptyPatch(_match: readonly string[], { inputs, version }: Failure): Explanation {
  const patches = [...listPatches(inputs)].filter((patch) => isEmptyPatch(patch))
  return {
    code: 'patch-empty',
    message: `kustomize 5.2 to 5.6 reject an empty list of operations, and ${version} is pinned`,
    hint: EMPTY_PATCH_HINT,
    ...pointTo(patches.map(({ position }) => position)),
  }
}

export function explainOperation(match: readonly string[], { inputs }: Failure): Explanation {
  const operation = match[1] ?? match[3] ?? ''
  const path = match[2] ?? match[4] ?? ''
  return {
    code: 'patch-failed',
    message: `the patch cannot ${operation} ${path}: the resource has no such path`,
    ...pointTo(findText(inputs, path)),
  }
}

export function explainTest([, path = '']: readonly string[], { inputs }: Failure): Explanation {
  return {
    code: 'patch-failed',
    message: `the patch tests ${path}, which has another value`,
    ...pointTo(findText(inputs, path)),
  }
}
