import { type Position, positionAt } from '@overlay-render/system'

import type { LaidBy } from '../laid-file.ts'
import type { Path } from './traced-value.ts'

type ScriptChanges = (LaidBy & { readonly kind: 'config' })['rendered']['changes']

/** Finds the position in a script that set a value: the literal value, else its assignment. */
export function makeScriptLocator(
  changes: ScriptChanges,
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
): (path: Path, value: unknown) => Position {
  const text = Buffer.from(bytes).toString('utf8')
  const lines = text.split('\n')
  const offsetOf = ({ line, column }: Position): number =>
    lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0) + column - 1
  const starts = [...new Set(changes.map(({ position }) => offsetOf(position)))].sort((a, b) => a - b)
  return (path, value) => {
    const change =
      changes.findLast((candidate) => leadsTo(candidate.path, path)) ??
      changes.findLast((candidate) => candidate.path[0] === path[0])
    if (change === undefined) return { file, line: 1, column: 1 }
    const start = offsetOf(change.position)
    const end = starts.find((offset) => offset > start) ?? text.length
    const statement = text.slice(start, end)
    const at = findLiteral(statement, value, path.at(-1)) ?? valueOf(statement)
    return at === undefined ? change.position : positionAt(file, text, start + at)
  }
}

function leadsTo(start: Path, path: Path): boolean {
  return start.length <= path.length && start.every((step, index) => String(step) === String(path[index]))
}

/** The offset of a value in a statement: after its key, or its only occurrence. */
function findLiteral(
  statement: string,
  value: unknown,
  key: string | number | undefined,
): number | undefined {
  const text = String(value)
  const forms = typeof value === 'string' ? [JSON.stringify(text), `'${text}'`, text] : [text]
  for (const form of forms) {
    const places: number[] = []
    for (let at = statement.indexOf(form); at >= 0; at = statement.indexOf(form, at + form.length)) {
      const around = `${statement[at - 1] ?? ' '}${statement[at + form.length] ?? ' '}`
      if (!/\w/u.test(around) || /^["']/u.test(form)) places.push(at)
    }
    const keyed = places.filter((at) =>
      new RegExp(`${escape(String(key))}["']?\\s*\\|?[:=]\\s*$`, 'u').test(
        statement.slice(Math.max(0, at - 200), at),
      ),
    )
    const [only] = keyed.length > 0 ? keyed : places
    if (only !== undefined && (keyed.length > 0 || places.length === 1)) return only
  }
  return undefined
}

/** The offset of the value of a statement of yq 3 or a JSON patch, which may be folded over several lines. */
function valueOf(statement: string): number | undefined {
  if (!/^(?:- *)?\{? *["']?(?:command|op|path|value)\b/u.test(statement)) return undefined
  const found = /[\s{,]["']?value["']?:[ \t]+(?=[^\s{[])/u.exec(statement)
  return found === null ? undefined : found.index + found[0].length
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&')
}
