import { Fault } from '@overlay-render/system'
import { decodeText, type Node, readDocuments } from '@overlay-render/yq'

import type { Rule } from '../rule.ts'
import { nodeAt, formatPath } from './paths.ts'
import { type PositionalPath, positionalPaths, selectorOf } from './positions.ts'
import { type EarlierBase, type ScriptCheck, scriptExample } from './script-check.ts'
import { traceScript } from './script-trace.ts'

const NAME = 'drifted-path'
const then = 'a: [{name: x, v: 1}, {name: y, v: 1}]\n'
const now = 'a: [{name: w, v: 1}, {name: x, v: 1}, {name: y, v: 1}]\n'
const command = '- command: update\n  path: a[1].v\n  value: 2\n'

/** Indexes in scripts that select another item than when they were written. */
export const driftedPath: Rule<ScriptCheck> = {
  name: NAME,
  severity: 'error',
  doc: 'An index in a patch script selects another item than when its line was written, according to git.',
  check: (check) =>
    positionalPaths(check).flatMap((path) => {
      const earlier = check.earlier?.get(path.line)
      const was = earlier === undefined ? undefined : selectorThen(path, earlier)
      if (earlier === undefined || was === undefined || was === path.selector) return []
      const { shown, holder, index, selector, position } = path
      const item = `${formatPath(holder)}[${index}]`
      return {
        rule: NAME,
        severity: 'error',
        message: `${item} is now the item with ${inner(selector)}; when this line was written (${earlier.date}, ${earlier.commit.slice(0, 9)}), it was the one with ${inner(was)}, which is ${placeNow(was, path, check)}`,
        object: `${check.input.script.file} ${shown}`,
        position,
        hint: `in yq 4 write (.${formatPath(holder)}[] | ${was}) if that item is meant`,
      } as const
    }),
  examples: {
    fires: [
      scriptExample('an item was added in front', now, '.a[1].v = 2\n', 'yq-v4', [then]),
      scriptExample('the same in yq 3', now, command, 'yq-v3', [then]),
      scriptExample(
        'one of two earlier files has the field',
        'a: [{name: x, v: {}}, {name: y, v: {}}]\n',
        '.a[1].v.w = 2\n',
        'yq-v4',
        ['a: [{name: w}, {name: z}]\n', 'a: [{name: y, v: {}}, {name: x, v: {}}]\n'],
      ),
    ],
    silent: [
      scriptExample('two earlier files that disagree', now, '.a[1].v = 2\n', 'yq-v4', [then, now]),
      scriptExample(
        'the same item',
        'a: [{name: x, v: 3}, {name: y, v: 4}, {name: z, v: 5}]\n',
        '.a[1].v = 2\n',
        'yq-v4',
        [then],
      ),
      scriptExample('a line without history', now, '.a[1].v = 2\n'),
      scriptExample(
        'an earlier file whose item lacks the field',
        'a: [{name: w}, {name: x, v: {w: 1}}]\n',
        '.a[1].v.w = 2\n',
        'yq-v4',
        ['a: [{name: w}, {name: y}]\n'],
      ),
      scriptExample('an earlier file without the list', now, '.a[1].v = 2\n', 'yq-v4', ['b: 1\n']),
      scriptExample('an earlier file that is not YAML', now, '.a[1].v = 2\n', 'yq-v4', ['a: [\n']),
    ],
  },
}

function inner(selector: string): string {
  return selector.slice('select('.length, -1)
}

/**
 * The selector of the item at the index when the line was written. A file in which that item lacked the field was not the base that
 * was meant; if several files remain, they have to agree.
 */
function selectorThen({ path, holder, index }: PositionalPath, { bases }: EarlierBase): string | undefined {
  const selectors = bases.flatMap((bytes) => {
    const root = readRoot(bytes)
    if (root === undefined || nodeAt(root, path.slice(0, -1)) === undefined) return []
    const list = nodeAt(root, holder)
    return list?.kind === 'sequence' ? [selectorOf(list, index)] : []
  })
  return new Set(selectors).size === 1 ? selectors[0] : undefined
}

function readRoot(bytes: Uint8Array): Node | undefined {
  try {
    return readDocuments(decodeText(bytes, 'base'))[0]
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

function placeNow(was: string, { holder }: PositionalPath, check: ScriptCheck): string {
  const list = nodeAt(traceScript(check).base, holder)
  const at = list?.content.findIndex((_, index) => selectorOf(list, index) === was) ?? -1
  return at < 0 ? 'gone' : `now ${formatPath(holder)}[${at}]`
}
