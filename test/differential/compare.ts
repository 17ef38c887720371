import { iterateDocuments, type Node, YqFault } from '@overlay-render/yq'

import type { Verdict } from '../conformance/oracle.ts'
import type { Case } from '../vectors/cases/case.ts'
import { randomDocument } from './documents.ts'
import { chance, type Draw, pick, seededDraw } from './draw.ts'
import { randomExpression } from './expressions.ts'

/** The result of comparing one case. */
export type Outcome =
  | 'same output'
  | 'same refusal'
  /** Both tools refuse the case, with different error messages. */
  | 'other sentence'
  | 'different'
  /** The real yq timed out or crashed. */
  | 'no answer'

const FLAGS: readonly (readonly string[])[] = [
  ['-P'],
  ['-I4'],
  ['-c'],
  ['ea'],
  ['-N'],
  ['-r=false'],
  ['--yaml-fix-merge-anchor-to-spec'],
  ['-oj'],
  ['-oj', '-I0'],
  ['-op'],
  ['-op', '-r=false'],
  ['-ox'],
  ['-os'],
  ['-oc'],
  ['-ot'],
  ['-0'],
  ['-0', '-oc'],
  ['-0', '-ox'],
  ['-oj', '-P'],
  ['ea', '-oj'],
]

/** Makes a random document and expression, sometimes with a flag. */
export function randomCase(draw: Draw): Case {
  const document = randomDocument(draw)
  const expression = randomExpression(draw, pathsIn(document))
  return chance(draw, 1, 4) ? { document, expression, flags: pick(draw, FLAGS) } : { document, expression }
}

/** Paths to the first nodes of a document, up to the first YAML error. */
function pathsIn(document: string): string[] {
  const paths: string[] = []
  try {
    for (const root of iterateDocuments(document)) collectPaths(root, paths)
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
  }
  return paths
}

function collectPaths(root: Node, paths: string[]): void {
  const open: [Node, string][] = [[root, '']]
  for (let next = open.shift(); next !== undefined && paths.length < 40; next = open.shift()) {
    const [node, path] = next
    for (const [index, child] of node.content.entries()) {
      const key = node.kind === 'mapping' ? node.content[index - 1]?.value : undefined
      if (node.kind === 'mapping' && index % 2 === 0) continue
      const step =
        key === undefined
          ? `[${index}]`
          : /^[a-z][a-z0-9-]*$/u.test(key)
            ? `.${key}`
            : `["${key.replaceAll(/["\\]/gu, '')}"]`
      const whole = path === '' && !step.startsWith('.') ? `.${step}` : path + step
      paths.push(whole)
      open.push([child, whole])
    }
  }
}

export function seededCase(seed: number): Case {
  return randomCase(seededDraw(seed))
}

export function compareVerdicts(real: Verdict | undefined, ours: Verdict): Outcome {
  if (real === undefined || real.error?.startsWith('exit ') === true) return 'no answer'
  if (real.output !== ours.output || (real.error === undefined) !== (ours.error === undefined))
    return 'different'
  if (real.error === undefined) return 'same output'
  return withoutFile(real.error) === withoutFile(ours.error ?? '') ? 'same refusal' : 'other sentence'
}

/** Removes the file name that the command puts before an error message. */
function withoutFile(sentence: string): string {
  return sentence.replace(/^Error: bad file '-': /u, 'Error: ')
}
