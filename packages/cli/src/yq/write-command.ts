import { formatPosition } from '@overlay-render/system'
import { applyV3Script, decodeText, type V3Warning } from '@overlay-render/yq'

import { fileDestination } from './file-destination.ts'
import { readInputFile } from './input-file.ts'
import type { YqIo } from './io.ts'
import { usageFault } from './usage-fault.ts'
import { parseV3Flags, V3_USAGE } from './v3-flags.ts'

const OPTIONS = {
  script: { type: 'string', short: 's' },
  inplace: { type: 'boolean', short: 'i' },
  doc: { type: 'string', short: 'd' },
  prettyPrint: { type: 'boolean', short: 'P' },
  tojson: { type: 'boolean', short: 'j' },
  verbose: { type: 'boolean', short: 'v' },
} as const

/** `yq write --script SCRIPT FILE`: prints what yq 3.4.1 prints. A file named `-` is stdin. */
export async function runWrite(args: readonly string[], io: YqIo): Promise<void> {
  const flags = parseV3Flags(args, OPTIONS)
  const script = flags.text('script')
  const [file, ...rest] = flags.positionals
  if (script === undefined || file === undefined || rest.length > 0)
    throw usageFault('write takes a script and one file; paths and values belong in the script', V3_USAGE)
  if (flags.isSet('inplace') && file === '-') throw usageFault('-i takes a file, not stdin')
  const base = file === '-' ? await io.readStdin() : readInputFile(file, io.cwd)
  const { text, warnings } = applyV3Script(
    textOf(readInputFile(script, io.cwd), script),
    textOf(base, file),
    {
      scriptName: script,
      baseName: file,
      documents: documentsOf(flags.text('doc') ?? '0'),
      prettyPrint: flags.isSet('prettyPrint'),
      json: flags.isSet('tojson'),
    },
  )
  for (const warning of warnings) io.writeStderr(warningLine(warning))
  if (!flags.isSet('inplace')) return io.writeStdout(text)
  const destination = fileDestination(file, io.cwd)
  destination.write(text)
  await destination.finish()
}

/** The text of a file. */
export function textOf(bytes: Uint8Array, name: string): string {
  return decodeText(bytes, name)
}

/** A warning for stderr, with its hint. */
export function warningLine({
  message,
  position,
  hint,
}: Pick<V3Warning, 'message' | 'position' | 'hint'>): string {
  return `Warning: ${formatPosition(position)}: ${message}${hint === undefined ? '' : ` (${hint})`}\n`
}

function documentsOf(given: string): number | 'all' {
  if (given === '*') return 'all'
  if (/^\+?\d+$/u.test(given)) return Number(given)
  throw usageFault(
    `Document index ${given} is not a integer or *`,
    'documents are counted from 0; * means all',
  )
}
