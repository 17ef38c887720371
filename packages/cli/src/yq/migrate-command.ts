import { formatPosition } from '@overlay-render/system'
import {
  compareMigration,
  type Migration,
  type MigrationComparison,
  type MigrationDifference,
  migrateV3Script,
} from '@overlay-render/yq'

import { ExitStatus } from '../exit-status.ts'
import { readInputFile } from './input-file.ts'
import type { YqIo } from './io.ts'
import { usageFault } from './usage-fault.ts'
import { parseV3Flags, V3_USAGE } from './v3-flags.ts'
import { textOf, warningLine } from './write-command.ts'

const OPTIONS = {
  base: { type: 'string', short: 'b' },
  against: { type: 'string' },
  verbose: { type: 'boolean', short: 'v' },
} as const

/**
 * `yq migrate SCRIPT`: prints the yq 4 expression for a yq 3 script. With `--base` both are run, and the differences are printed on
 * stderr; with `--against` an existing expression is run instead. Returns 1 for a difference.
 */
export function runMigrate(args: readonly string[], io: YqIo): number {
  const flags = parseV3Flags(args, OPTIONS)
  const [script, ...rest] = flags.positionals
  if (script === undefined || rest.length > 0) throw usageFault('migrate takes one yq 3 script', V3_USAGE)
  const base = flags.text('base')
  const against = flags.text('against')
  if (against !== undefined && base === undefined)
    throw usageFault('--against needs --base, the file on which both are run', V3_USAGE)
  const text = textOf(readInputFile(script, io.cwd), script)
  const { expression, notes, needs } = migrateV3Script(text, script)
  if (against === undefined) {
    io.writeStdout(`${expression}\n`)
    for (const note of notes) io.writeStderr(warningLine(note))
  }
  if (base === undefined) {
    for (const line of needLines(needs)) io.writeStderr(`${line}\n`)
    return ExitStatus.fine
  }
  const chosen = against === undefined ? expression : textOf(readInputFile(against, io.cwd), against)
  const bytes = textOf(readInputFile(base, io.cwd), base)
  const comparison = compareMigration(text, chosen.replaceAll('\r\n', '\n'), bytes, {
    scriptName: script,
    baseName: base,
  })
  for (const note of comparison.notes) io.writeStderr(warningLine(note))
  for (const line of comparisonLines(comparison, base)) io.writeStderr(`${line}\n`)
  return comparison.failure === undefined && comparison.differences.length === 0
    ? ExitStatus.fine
    : ExitStatus.difference
}

/** The conditions under which a translation is correct, when it was run on no base. */
function needLines(needs: Migration['needs']): string[] {
  if (needs.length === 0) return []
  return [
    'Not run on a base. The expression gives the data of yq 3 where the base has',
    ...needs.map(({ need, position }) => `  ${formatPosition(position)}: ${need}`),
    '  one document, and no alias, merge key or duplicate key on or below its paths',
    'Give --base FILE to run both on it and to see what differs.',
  ]
}

function comparisonLines({ differences, failure, restyled }: MigrationComparison, base: string): string[] {
  if (failure !== undefined) return [failure]
  const looks = restyled === 0 ? '' : `; ${restyled} with another style or other comments`
  if (differences.length === 0) return [`yq 3 and yq 4 give the same data for ${base}${looks}`]
  return [
    ...differences.flatMap(differenceLines),
    `yq 3 and yq 4 give other data at ${differences.length} ${differences.length === 1 ? 'place' : 'places'} of ${base}${looks}`,
  ]
}

function differenceLines({ path, yq3, yq4 }: MigrationDifference): string[] {
  return [
    `${path.length === 0 ? 'the document' : path.join('.')}:`,
    `  yq 3: ${yq3 ?? 'nothing'}`,
    `  yq 4: ${yq4 ?? 'nothing'}`,
  ]
}
