import { dirname } from 'node:path'

import { formatPosition, type FaultOptions } from '@overlay-render/system'

import { readFirstDocument } from '../graph/yaml-value.ts'
import { NETWORK_HINT } from '../graph/refuse-remote.ts'
import type { KustomizeCode } from '../kustomize-fault.ts'
import type { Failure } from './explain-failure.ts'
import { findDuplicateKey, findNoObject, findNotUtf8, findUnreadable } from './find-broken.ts'
import { findEqualResources, findMentions } from './find-equal-resources.ts'
import { findObjects, findText, pointTo } from './find-resources.ts'
import { isNoPatch, isOperations, listPatches } from './list-patches.ts'
import { describeIdentity, parseResourceIdentity } from './resource-id.ts'

export type Explanation = FaultOptions<KustomizeCode>

/** A way in which a build fails: how to know it by what kustomize prints, and what to say instead. */
export interface Cause {
  readonly pattern: RegExp
  readonly explain: (match: RegExpExecArray, failure: Failure) => Explanation
}

/** In this order, the innermost and most telling first. */
export const CAUSES: readonly Cause[] = [
  {
    pattern: /may not add resource with an already registered id: (\S+?)(?=['":]|\s|$)/u,
    explain: explainDuplicate,
  },
  { pattern: /no 'git' program on path|proxyconnect tcp|Get "https?:/u, explain: explainNetwork },
  {
    pattern: /security; file '([^']*)' is not in or below '([^']*)'/u,
    explain: ([, file = '', root = '']) => ({
      code: 'outside-folder',
      message: `${file} lies outside ${root}, the folder of the kustomization that names it`,
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
  { pattern: /with config: `path: (\S+)`: yaml: (?:line \d+: )?([^\n]*)/u, explain: explainPatchSyntax },
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
    explain: ([, files = ''], { graph, view }) => ({
      code: 'value-invalid',
      message: 'this env file is not UTF-8 text',
      position: graph === undefined ? undefined : findNotUtf8(graph, view, files.split(' ')),
    }),
  },
  {
    pattern: /lstat (\S+?): (?:no such file or directory|not a directory)/u,
    explain: ([, path = ''], { graph }) => ({
      code: 'input-missing',
      message: `${path} does not exist`,
      position: graph?.files.find(({ shown }) => shown === path)?.position,
    }),
  },
]

export function explainDuplicate([, printed = '']: readonly string[], { graph, view }: Failure): Explanation {
  const identity = parseResourceIdentity(printed)
  const what = identity === undefined ? printed : describeIdentity(identity)
  const places =
    graph === undefined || identity === undefined ? [] : findEqualResources(graph, view, identity)
  const [only] = places
  const mentions = graph === undefined || only === undefined ? [] : findMentions(graph, only.file)
  if (places.length === 1 && mentions.length > 1) {
    return {
      code: 'resource-duplicate',
      message: `${what} comes into the build more than once: ${only?.file ?? ''} is named at ${listOf(mentions.map((place) => formatPosition(place)))}`,
      hint: 'name it once',
    }
  }
  const from = places.length === 0 ? '' : `, from ${listOf(places.map((place) => formatPosition(place)))}`
  return {
    code: 'resource-duplicate',
    message: `two resources end up as ${what}${from}`,
    hint: 'leave one of them out, or give them different names or namespaces; a patch or a namespace may have made them equal',
  }
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function explainNetwork(): Explanation {
  return {
    code: 'network-refused',
    message: 'the build reaches for the network, which is not used',
    hint: NETWORK_HINT,
  }
}

function explainDuplicateKey([, key = '']: readonly string[], { graph, view }: Failure): Explanation {
  const place = graph === undefined ? undefined : findDuplicateKey(graph, view, key)
  return {
    code: 'resource-invalid',
    message: `key "${key}" stands twice in one map${place === undefined ? ' of a resource' : ''}`,
    hint: 'keep one of them',
    position: place,
  }
}

function explainMalformed(
  [, reason = '', file = '']: readonly string[],
  { graph, view }: Failure,
): Explanation {
  const place = graph === undefined ? undefined : findUnreadable(graph, view, file)
  const what = place === undefined ? `${file} is not YAML` : 'this is not YAML'
  return { code: 'resource-invalid', message: `${what}: ${reason.replace(/\s+/gu, ' ')}`, position: place }
}

function explainNoObject(_match: readonly string[], { graph, view, overlay }: Failure): Explanation {
  const place = graph === undefined ? undefined : findNoObject(graph, view)
  return {
    code: 'resource-invalid',
    message: `${place === undefined ? `a resource of ${overlay}` : 'this'} is no Kubernetes object: it needs apiVersion, kind and metadata.name`,
    position: place,
  }
}

function explainUnmatched([, printed = '']: readonly string[], { graph, view }: Failure): Explanation {
  const identity = parseResourceIdentity(printed)
  if (identity === undefined)
    return { code: 'patch-unmatched', message: `a patch is for ${printed}, which the overlay does not have` }
  const places =
    graph === undefined ? [] : findObjects(graph, view, identity, 'patch').map(({ position }) => position)
  return {
    code: 'patch-unmatched',
    message: `the patch is for ${describeIdentity(identity)}, which is not among the resources`,
    hint: 'add the resource, correct the name or namespace, or drop the patch',
    ...pointTo(places),
  }
}

/** kustomize names the folder of a base, and no file for the build's root. */
function explainKustomization(
  [, folder, line, reason = '']: readonly string[],
  { graph, overlay }: Failure,
): Explanation {
  const wanted = graph?.files.find(({ role, shown }) => {
    return role === 'kustomization' && (folder === undefined || dirname(shown) === folder)
  })
  const file = wanted?.shown ?? `the kustomization of ${folder ?? overlay}`
  const position =
    wanted === undefined || line === undefined ? undefined : { file, line: Number(line), column: 1 }
  const what = position === undefined ? `${file} is not YAML` : 'this is not YAML'
  return { code: 'kustomization-syntax', message: `${what}: ${reason}`, position }
}

function explainPatchSyntax(
  [, path = '', reason = '']: readonly string[],
  { graph, view }: Failure,
): Explanation {
  const place = graph === undefined ? undefined : findUnreadable(graph, view, path)
  return {
    code: 'patch-invalid',
    message: `${place === undefined ? path : 'this'} is not YAML: ${reason}`,
    position: place,
  }
}

function explainNoContent([, path = '']: readonly string[], { graph }: Failure): Explanation {
  const named = graph?.files.find(({ role, written }) => role === 'patch' && written === path)
  return {
    code: 'patch-empty',
    message: `${named === undefined ? 'a patch' : `patch ${named.shown}`} is empty, which kustomize refuses here`,
    hint: 'leave it out of the kustomization',
    position: named?.position,
  }
}

function explainConfiguration([, reason = '']: readonly string[], { graph, overlay }: Failure): Explanation {
  const files = new Set(graph?.files.filter(({ role }) => role === 'configuration').map(({ shown }) => shown))
  const file = files.size === 1 ? [...files].join('') : `a file under configurations of ${overlay}`
  return { code: 'value-invalid', message: `${file} is no configuration of transformers: ${reason}` }
}

function explainNoPatch(_match: readonly string[], { graph, view }: Failure): Explanation {
  const patches = graph === undefined ? [] : [...listPatches(graph, view)].filter((patch) => isNoPatch(patch))
  return {
    code: 'patch-invalid',
    message: `${patches.length === 1 ? 'this' : 'a patch'} is neither a list of operations nor a patch with apiVersion, kind and metadata.name`,
    ...pointTo(patches.map(({ position }) => position)),
  }
}

function explainNoTarget(_match: readonly string[], { graph, view }: Failure): Explanation {
  const patches = graph === undefined ? [] : [...listPatches(graph, view)]
  const places = patches.filter((patch) => patch.target === undefined && isOperations(patch))
  return {
    code: 'patch-invalid',
    message: 'a patch that is a list of operations must have a target',
    ...pointTo(places.map(({ position }) => position)),
  }
}

function explainEmptyPatch(_match: readonly string[], { graph, view, version }: Failure): Explanation {
  const patches = graph === undefined ? [] : [...listPatches(graph, view)]
  const places = patches.filter(({ text }) => {
    const { value } = readFirstDocument(text)
    return value.kind === 'null' || (value.kind === 'list' && value.items().length === 0)
  })
  return {
    code: 'patch-empty',
    message: `an empty list of operations is refused by kustomize 5.0 to 5.6, and ${version} is pinned`,
    hint: 'kustomize 4.5.4 and 5.7 or later accept it; or leave the patch out of the kustomization',
    ...pointTo(places.map(({ position }) => position)),
  }
}

function explainOperation(match: readonly string[], { graph, view }: Failure): Explanation {
  const operation = match[1] ?? match[3] ?? ''
  const path = match[2] ?? match[4] ?? ''
  return {
    code: 'patch-failed',
    message: `the patch cannot ${operation} ${path}: the resource has no such place`,
    ...(graph === undefined ? {} : pointTo(findText(graph, view, path))),
  }
}

function explainTest([, path = '']: readonly string[], { graph, view }: Failure): Explanation {
  return {
    code: 'patch-failed',
    message: `the patch tests ${path}, which has another value`,
    ...(graph === undefined ? {} : pointTo(findText(graph, view, path))),
  }
}

function explainGenerator(
  [, kind = '', name = '', problem = '']: readonly string[],
  { graph }: Failure,
): Explanation {
  const places =
    graph?.generators
      .filter((entry) => entry.kind === kind && entry.name === name)
      .map(({ position }) => position) ?? []
  const exists = problem === 'exists'
  return {
    code: exists ? 'resource-duplicate' : 'build-failed',
    message: exists
      ? `${kind} ${name} is generated a second time without saying how`
      : `${kind} ${name} is to be merged or replaced, and there is none below`,
    hint: exists ? 'set behavior: merge or behavior: replace' : 'drop the behavior, or correct the name',
    position: places.at(-1),
  }
}
