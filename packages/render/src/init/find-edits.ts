import { posix } from 'node:path'

import type { Position } from '@overlay-render/system'
import { migrateV3Script, YqFault } from '@overlay-render/yq'

import type { FoundOverlay } from './find-overlays.ts'
import { playbooks } from './find-origins.ts'
import { scriptLines, shellWords } from './shell-words.ts'
import type { Survey } from './survey.ts'

/** A file of the tree that a script changes in place with yq. */
export interface FoundEdit {
  /** Relative to the overlay. */
  readonly file: string
  /** In the language of yq 4. */
  readonly expression: string
  readonly position: Position
}

/** An in-place change with yq that could not be turned into an edit. */
export interface SeenEdit {
  readonly position: Position
  /** Why not, as the end of a sentence. */
  readonly reason: string
}

/** The in-place changes in scripts and playbooks. */
export interface FoundEdits {
  readonly edits: readonly FoundEdit[]
  readonly seen: readonly SeenEdit[]
}

/**
 * The files that scripts and playbooks around the tree change in place with yq 3 or 4 before an overlay is built.
 *
 * @param overlay the overlay that a playbook copies from `parent`
 */
export function findEdits(survey: Survey, overlay: FoundOverlay, parent: FoundOverlay): FoundEdits {
  const edits: FoundEdit[] = []
  const seen: SeenEdit[] = []
  for (const path of playbooks(survey)) {
    const text = survey.read(path)
    if (text === undefined || !/\byq\b/u.test(text)) continue
    for (const { text: line, line: number } of scriptLines(text)) {
      const found = readLine(line, survey, [overlay, parent])
      if (found === undefined) continue
      const position = { file: path, line: number, column: line.search(/\byq\b/u) + 1 }
      if ('reason' in found) seen.push({ ...found, position })
      else edits.push({ ...found, position })
    }
  }
  return { edits, seen }
}

type Read = Pick<FoundEdit, 'file' | 'expression'> | Pick<SeenEdit, 'reason'>

/** Undefined for a line that changes no file of the tree with yq. */
function readLine(
  line: string,
  survey: Survey,
  overlays: readonly [FoundOverlay, FoundOverlay],
): Read | undefined {
  const at = line.search(/(?:^|[\s;&|])yq\s/u)
  if (at < 0) return undefined
  const all = shellWords(line.slice(at).replace(/^\W*yq\s/u, ''))
  const inTree = `/${posix.basename(survey.workspace)}/`
  if (all === undefined || !all.some((word) => word.includes(inTree))) return undefined
  const flags = all.filter((word) => /^-{1,2}[a-z]/iu.test(word))
  if (!flags.some((flag) => /^(?:-\w*i\w*|--inplace)$/u.test(flag))) return undefined
  if (flags.length > 1 || !/^(?:-i|--inplace)$/u.test(flags[0] ?? ''))
    return { reason: 'it has more options than -i' }
  const command = readCommand(all.filter((word) => !flags.includes(word)))
  if ('reason' in command) return command
  const file = placeOf(command.file, inTree, survey, overlays)
  if (file === undefined) return { reason: 'the file that it changes is not clear' }
  if (/\{\{|\$\{?\w/u.test(command.expression)) return { reason: 'its expression has variables' }
  return { file, expression: command.expression }
}

type Command = { readonly file: string; readonly expression: string } | { readonly reason: string }

/** The forms of yq 4, `yq -i EXPRESSION FILE`, and of yq 3, `yq w -i FILE PATH VALUE` and `yq d -i FILE PATH`. */
function readCommand(words: readonly string[]): Command {
  const [name = '', ...rest] = words
  if (/^(?:w|write|d|delete)$/u.test(name)) return readOld(name.startsWith('w'), rest)
  if (/^(?:m|merge|p|prefix|n|new|x|compare)$/u.test(name))
    return { reason: `yq ${name} cannot be written as an edit` }
  const [expression, file, ...more] = /^(?:e|eval)$/u.test(name) ? rest : words
  if (expression === undefined || file === undefined || more.length > 0)
    return { reason: 'it is not one expression and one file' }
  return { file, expression }
}

/** Values that need no quotes in a shell and mean the same in a script. */
const PLAIN = /^[\w./-]+$/u

function readOld(isWrite: boolean, [file, path, value, ...more]: readonly string[]): Command {
  const isWhole = file !== undefined && path !== undefined && more.length === 0
  if (!isWhole || isWrite !== (value !== undefined))
    return { reason: 'it is not one file, one path and its value' }
  if (value !== undefined && !PLAIN.test(value)) return { reason: 'its value is not plain' }
  if (/\{\{/u.test(path)) return { reason: 'its path has variables' }
  const set = value === undefined ? '' : `  value: ${value}\n`
  const script = `- command: ${isWrite ? 'update' : 'delete'}\n  path: ${JSON.stringify(path)}\n${set}`
  try {
    const { expression, notes } = migrateV3Script(script)
    const [note] = notes
    return note === undefined ? { file, expression } : { reason: note.message }
  } catch (error) {
    if (error instanceof YqFault) return { reason: 'its path is not understood' }
    throw error
  }
}

/**
 * The file that a word of a script names, relative to the overlay. Undefined unless it is in the tree: there, or in the overlay
 * that is copied.
 */
function placeOf(
  word: string,
  inTree: string,
  survey: Survey,
  [overlay, parent]: readonly [FoundOverlay, FoundOverlay],
): string | undefined {
  const path = word.slice(word.lastIndexOf(inTree) + inTree.length)
  const folder = posix.dirname(overlay.path)
  const [, , own] = /^([\w-]+)\/(?:\{\{\w+\}\}|\$\{?\w+\}?)\/(.*)$/u.exec(path) ?? []
  const within =
    own ?? (path.startsWith(`${overlay.path}/`) ? path.slice(overlay.path.length + 1) : undefined)
  if (own !== undefined && !path.startsWith(`${folder}/`)) return undefined
  if (within !== undefined) {
    const isThere = [overlay, parent].some((one) => survey.has(posix.join(one.path, within)))
    return isThere ? within : undefined
  }
  return survey.has(path) ? posix.relative(overlay.path, path) : undefined
}
