import { type StructuredPatchHunk, structuredPatch } from 'diff'

/** The change of one file when a render is accepted; undefined if the file does not exist. */
export interface GoldenFileChange {
  /** Relative to the store, with `/`. */
  readonly path: string
  readonly before: Uint8Array | undefined
  readonly after: Uint8Array | undefined
}

/** With more edits than this, all lines are replaced, because finding a minimal diff would take too long. */
const MAX_EDITS = 3000

/**
 * The changes of files as a patch for `git apply`. All bytes are preserved.
 *
 * @param folder the store's folder relative to the root of the work tree, with `/`
 */
export function goldenPatch(changes: readonly GoldenFileChange[], folder: string): Buffer {
  const parts = changes.map((change) =>
    filePatch(change, folder === '' ? change.path : `${folder}/${change.path}`),
  )
  return Buffer.from(parts.join(''), 'latin1')
}

/** Decodes files as Latin 1, one character per byte, so that lines can be split in any encoding. */
function filePatch({ before, after }: GoldenFileChange, path: string): string {
  const [old, fresh] = [before, after].map((bytes) => Buffer.from(bytes ?? []).toString('latin1'))
  if (
    old === undefined ||
    fresh === undefined ||
    (before !== undefined && old === fresh && after !== undefined)
  )
    return ''
  const mode =
    before === undefined ? 'new file mode 100644\n' : after === undefined ? 'deleted file mode 100644\n' : ''
  const hunks = hunksOf(old, fresh)
  const sides = [
    `--- ${before === undefined ? '/dev/null' : named('a', path)}\n`,
    `+++ ${after === undefined ? '/dev/null' : named('b', path)}\n`,
  ]
  return [
    `diff --git ${quoted('a', path)} ${quoted('b', path)}\n`,
    mode,
    ...(hunks.length === 0 ? [] : [...sides, ...hunks.map(hunkText)]),
  ].join('')
}

function hunksOf(old: string, fresh: string): readonly StructuredPatchHunk[] {
  const patch = structuredPatch('', '', old, fresh, '', '', { context: 3, maxEditLength: MAX_EDITS })
  return patch === undefined ? [replacement(old, fresh)] : patch.hunks
}

function replacement(old: string, fresh: string): StructuredPatchHunk {
  const removed = signed(old, '-')
  const added = signed(fresh, '+')
  const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith('\\')).length
  return {
    oldStart: 1,
    oldLines: count(removed),
    newStart: 1,
    newLines: count(added),
    lines: [...removed, ...added],
  }
}

function signed(text: string, sign: '-' | '+'): string[] {
  const lines = text.split('\n')
  const open = lines.pop() ?? ''
  const shown = lines.map((line) => sign + line)
  return open === '' ? shown : [...shown, sign + open, '\\ No newline at end of file']
}

function hunkText({ oldStart, oldLines, newStart, newLines, lines }: StructuredPatchHunk): string {
  // An empty range is given by the line before it.
  const range = (start: number, count: number): string => `${count === 0 ? start - 1 : start},${count}`
  const head = `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`
  return `${[head, ...lines].join('\n')}\n`
}

/** git adds a tab after a name with spaces, because a date could follow. */
function named(side: string, path: string): string {
  const name = quoted(side, path)
  return /\s/u.test(path) && !name.startsWith('"') ? `${name}\t` : name
}

// oxlint-disable-next-line no-control-regex -- git quotes names with control characters
const NEEDS_QUOTES = /[\u0000-\u001F"\\\u007F-\u00FF]/gu

/** Quotes a name like git: bytes outside of printable ASCII are octal escapes. */
function quoted(side: string, path: string): string {
  const bytes = Buffer.from(`${side}/${path}`).toString('latin1')
  const escaped = bytes.replace(NEEDS_QUOTES, (byte) =>
    byte === '"' || byte === '\\' ? `\\${byte}` : `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`,
  )
  return escaped === bytes ? bytes : `"${escaped}"`
}
