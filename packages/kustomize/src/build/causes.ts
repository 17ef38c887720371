import { dirname } from 'node:path'

import { HELM_STUB_ERROR } from '../charts/helm-stub.ts'
import { NETWORK_HINT } from '../graph/refuse-remote.ts'

import {
  explainEmptyPatch,
  explainNoContent,
  explainNoPatch,
  explainNoTarget,
  explainOperation,
  explainPatchSyntax,
  explainTest,
  explainUnmatched,
} from './explain-patch.ts'
import { explainRemote } from './explain-remote.ts'
import {
  explainDuplicate,
  explainDuplicateKey,
  explainMalformed,
  explainNoObject,
} from './explain-resource.ts'
import type { Cause, Explanation, Failure } from './failure.ts'
import { findNotUtf8 } from './find-broken.ts'

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

function explainNetwork(): Explanation {
  return {
    code: 'network-refused',
    message: 'the build needs the network, and network access is off',
    hint: NETWORK_HINT,
  }
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

function explainConfiguration([, reason = '']: readonly string[], { inputs, overlay }: Failure): Explanation {
  const files = inputs.graph.files.filter(({ role }) => role === 'configuration').map(({ shown }) => shown)
  const [only] = new Set(files).size === 1 ? files : []
  const what = only ?? `a file under configurations of ${overlay}`
  return { code: 'value-invalid', message: `${what} is not a transformer configuration: ${reason}` }
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
