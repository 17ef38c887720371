import { dirname } from 'node:path'

import { formatPosition, type Position } from '@overlay-render/system'

import { HELM_STUB_ERROR } from '../charts/helm-stub.ts'
import { EMPTY_PATCH_HINT } from '../graph/check-content.ts'
import { NETWORK_HINT } from '../graph/refuse-remote.ts'
import { readDocuments } from '../graph/yaml-value.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

import type { Cause, Explanation, Failure } from './failure.ts'
import { explainRemote } from './explain-remote.ts'
import { findDuplicateKey, findNonObject, findNotUtf8, findUnreadable } from './find-broken.ts'
import { findEqualResources, findMentions } from './find-equal-resources.ts'
import { type BuildInputs, findObjects, findText, isObject, pointTo } from './find-resources.ts'
import { hasManyDocuments, isEmptyPatch, isInvalidPatch, isOperations, listPatches } from './list-patches.ts'
import { describeIdentity, parseResourceIdentity, type ResourceIdentity } from './resource-id.ts'

/** Causes in the order of matching: the innermost and most specific first. */
export const CAUSES: readonly Cause[] = [
  {
    pattern: HELM_STUB_ERROR,
    explain: explainHelmStub,
  },
  {
    pattern: /may not add resource with an already registered id: (\S+?)(?=['":]|\s|$)/u,
    explain: explainDuplicate,
  },
  {
    pattern: /no 'git' program on path|proxyconnect tcp|Get "https?:|git cmd = '|timeout running '/u,
    explain: (_match, failure) => explainRemote(failure) ?? explainNetwork(),
  },
  {
    pattern: /security; file '([^']*)' is not in or below '([^']*)'/u,
    explain: ([, file = '', root = '']) => ({
      code: 'outside-folder',
      message: `${file} is outside ${root}, the folder of the kustomization that refers to it`,
      hint: 'kustomize reads files only in and below that folder',
    }),
  },
  { pattern: /mapping key "([^"]*)" already defined at line \d+/u, explain: explainDuplicateKey },
  {
    pattern: /MalformedYAMLError: (?:yaml: )?(?:line \d+: )?([^]*?) in File: (\S+?)(?=['":]|\s|$)/u,
    explain: explainMalformed,
  },
  { pattern: /no matches for Id (\S+?);/u, explain: explainUnmatched },
  { pattern: /illegally qualifies as both an SM and JSON patch/u, explain: explainEmptyPatch },
  {
    pattern:
      /(remove) for path: '([^']*)'|(add|replace|remove|move|copy) operation does not apply: doc is missing (?:path|key|from path): "?([^\s":]*)"?/u,
    explain: explainOperation,
  },
  { pattern: /testing value (\S+) failed: test failed/u, explain: explainTest },
  {
    pattern: /id resid\.ResId\{[^]*?Kind:"([^"]*)"[^]*?Name:"([^"]*)"[^]*?\} (exists|does not exist);/u,
    explain: explainGenerator,
  },
  { pattern: /missing Resource metadata|missing metadata\.name in object/u, explain: explainNoObject },
  {
    pattern:
      /(?:path '([^']*)': )?(?:error converting YAML to JSON|invalid Kustomization): yaml: (?:line (\d+): )?([^\n]*)/u,
    explain: explainKustomization,
  },
  { pattern: /with config: `path: (\S+)\n`: yaml: (?:line \d+: )?([^\n]*)/u, explain: explainPatchSyntax },
  { pattern: /patch appears to be empty; files?=\[?([^;,\]]*)/u, explain: explainNoContent },
  {
    pattern: /json: unsupported type: map\[interface/u,
    explain: (_match, { overlay }) => ({
      code: 'value-type',
      message: `a map of ${overlay} has a key that is not text, such as 1 or y`,
      hint: 'put quotes around it',
    }),
  },
  { pattern: /error unmarshaling JSON: while decoding JSON: json: ([^\n]*)/u, explain: explainConfiguration },
  { pattern: /namespace transformation produces ID conflict: (\S+)/u, explain: explainDuplicate },
  { pattern: /unable to parse SM or JSON patch/u, explain: explainNoPatch },
  { pattern: /must specify a target for/u, explain: explainNoTarget },
  {
    pattern: /env source files: \[([^\]]*)\][^]*has invalid utf8 bytes/u,
    explain: ([, files = ''], { inputs }) => ({
      code: 'value-invalid',
      message: 'this env file is not UTF-8 text',
      position: findNotUtf8(inputs, files.split(' ')),
    }),
  },
  {
    pattern: /lstat ([^\n]*?): (?:no such file or directory|not a directory)/u,
    explain: ([, path = ''], { inputs }) => ({
      code: 'input-missing',
      message: `${path} does not exist`,
      position: inputs.graph.files.find(({ shown }) => shown === path)?.position,
    }),
  },
]

export function explainDuplicate([, printed = '']: readonly string[], { inputs }: Failure): Explanation {
  const identity = parseResourceIdentity(printed)
  const what = identity === undefined ? printed : describeIdentity(identity)
  const places = identity === undefined ? [] : findEqualResources(inputs, identity)
  const [only] = places
  const mentions = only === undefined ? [] : findMentions(inputs, only.file)
  if (only !== undefined && places.length === 1 && mentions.length > 1) {
    return {
      code: 'resource-duplicate',
      message: `${what} is in the build more than once: ${only.file} is listed at ${listOf(mentions)}`,
      hint: 'list it once',
    }
  }
  return {
    code: 'resource-duplicate',
    message: `two resources have the identity ${what}${places.length === 0 ? '' : `, from ${listOf(places)}`}`,
    hint: 'remove one of them, or give them different names or namespaces; a patch or a namespace may have made them equal',
  }
}

function listOf(places: readonly Position[]): string {
  const words = places.map((place) => formatPosition(place))
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function explainNetwork(): Explanation {
  return {
    code: 'network-refused',
    message: 'the build needs the network, and network access is off',
    hint: NETWORK_HINT,
  }
}

function explainDuplicateKey([, key = '']: readonly string[], { inputs }: Failure): Explanation {
  const position = findDuplicateKey(inputs, key)
  return {
    code: 'resource-invalid',
    message: `duplicate key "${key}"${position === undefined ? ' of a resource' : ''}`,
    hint: 'keep one of them',
    position,
  }
}

function explainMalformed([, reason = '', file = '']: readonly string[], { inputs }: Failure): Explanation {
  const position = findUnreadable(inputs, file)
  const what = position === undefined ? file : 'this'
  return {
    code: 'resource-invalid',
    message: `${what} is not YAML: ${reason.replace(/\s+/gu, ' ')}`,
    position,
  }
}

function explainNoObject(_match: readonly string[], { inputs, overlay }: Failure): Explanation {
  const position = findNonObject(inputs)
  const what = position === undefined ? `a resource of ${overlay}` : 'this'
  return {
    code: 'resource-invalid',
    message: `${what} is not a Kubernetes object: it needs apiVersion, kind and metadata.name`,
    position,
  }
}

function explainUnmatched([, printed = '']: readonly string[], { inputs }: Failure): Explanation {
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

/** kustomize prints the folder of a base, and no path for the build's root. */
function explainKustomization(
  [, folder, line, reason = '']: readonly string[],
  { inputs, overlay }: Failure,
): Explanation {
  const named = inputs.graph.files.find(({ role, shown }) => {
    return role === 'kustomization' && (folder === undefined || dirname(shown) === folder)
  })
  const position =
    named === undefined || line === undefined
      ? undefined
      : { file: named.shown, line: Number(line), column: 1 }
  const what = position === undefined ? `the kustomization of ${folder ?? overlay}` : 'this'
  return { code: 'kustomization-syntax', message: `${what} is not YAML: ${reason}`, position }
}

function explainPatchSyntax([, path = '', reason = '']: readonly string[], { inputs }: Failure): Explanation {
  const position = findUnreadable(inputs, path)
  const what = position === undefined ? path : 'this'
  return { code: 'patch-invalid', message: `${what} is not YAML: ${reason}`, position }
}

function explainNoContent([, path = '']: readonly string[], { inputs }: Failure): Explanation {
  const named = inputs.graph.files.find(({ role, written }) => role === 'patch' && written === path)
  return {
    code: 'patch-empty',
    message: `${named === undefined ? 'a patch' : `patch ${named.shown}`} is empty, which kustomize rejects`,
    hint: 'remove it from the kustomization',
    position: named?.position,
  }
}

function explainConfiguration([, reason = '']: readonly string[], { inputs, overlay }: Failure): Explanation {
  const files = inputs.graph.files.filter(({ role }) => role === 'configuration').map(({ shown }) => shown)
  const [only] = new Set(files).size === 1 ? files : []
  const what = only ?? `a file under configurations of ${overlay}`
  return { code: 'value-invalid', message: `${what} is not a transformer configuration: ${reason}` }
}

function explainNoPatch(_match: readonly string[], { inputs, version }: Failure): Explanation {
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

function explainNoTarget(_match: readonly string[], { inputs }: Failure): Explanation {
  const patches = [...listPatches(inputs)].filter(
    (patch) => patch.target === undefined && isOperations(patch),
  )
  return {
    code: 'patch-invalid',
    message: 'a patch that is a list of operations must have a target',
    ...pointTo(patches.map(({ position }) => position)),
  }
}

function explainEmptyPatch(_match: readonly string[], { inputs, version }: Failure): Explanation {
  const patches = [...listPatches(inputs)].filter((patch) => isEmptyPatch(patch))
  return {
    code: 'patch-empty',
    message: `kustomize 5.2 to 5.6 reject an empty list of operations, and ${version} is pinned`,
    hint: EMPTY_PATCH_HINT,
    ...pointTo(patches.map(({ position }) => position)),
  }
}

function explainOperation(match: readonly string[], { inputs }: Failure): Explanation {
  const operation = match[1] ?? match[3] ?? ''
  const path = match[2] ?? match[4] ?? ''
  return {
    code: 'patch-failed',
    message: `the patch cannot ${operation} ${path}: the resource has no such path`,
    ...pointTo(findText(inputs, path)),
  }
}

function explainTest([, path = '']: readonly string[], { inputs }: Failure): Explanation {
  return {
    code: 'patch-failed',
    message: `the patch tests ${path}, which has another value`,
    ...pointTo(findText(inputs, path)),
  }
}

function explainGenerator(
  [, kind = '', name = '', problem = '']: readonly string[],
  { inputs }: Failure,
): Explanation {
  const position = inputs.graph.generators.findLast(
    (entry) => entry.kind === kind && entry.name === name,
  )?.position
  if (problem === 'exists') {
    return {
      code: 'resource-duplicate',
      message: `${kind} ${name} is generated twice without a behavior`,
      hint: 'set behavior: merge or behavior: replace',
      position,
    }
  }
  return {
    code: 'build-failed',
    message: `${kind} ${name} cannot be merged or replaced: no base generates it`,
    hint: 'remove the behavior, or correct the name',
    position,
  }
}

function explainHelmStub([, kind, chart = '', rest = '']: RegExpExecArray, { inputs }: Failure): Explanation {
  const [name] = chart.split(' ')
  const position = inputs.graph.charts.find((one) => one.name === name)?.position
  if (kind === 'failed')
    return { code: 'chart-refused', message: `helm cannot render chart ${chart}: ${rest}`, position }
  if (kind === 'differs') {
    return {
      code: 'chart-refused',
      position,
      message: `helm renders chart ${chart} differently each time, so a locked copy would differ from the next build`,
      hint: 'set the values that the chart generates at random or from the time',
    }
  }
  return {
    code: 'vendored-copy',
    position,
    message: `the vendored copy of chart ${chart} was rendered with other values, options or files`,
    hint: 'render it again: overlay-render vendor',
  }
}
