import type { RenderCache } from '@overlay-render/render'

import type { CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { formatBytes } from '../format-bytes.ts'

/** Says where renders are kept, and how much of them. */
export async function cacheInfoCommand({ terminal }: CommandContext, cache: RenderCache): Promise<number> {
  const info = cache.info()
  const { folder, records, bytes, limit, problem, remote } = info
  if (terminal.json) {
    terminal.stdout.write(`${JSON.stringify(info, undefined, 2)}\n`)
    return ExitStatus.fine
  }
  const entries = records === 1 ? '1 entry' : `${records} entries`
  terminal.stdout.say(`${folder}\n${entries}, ${formatBytes(bytes)} of at most ${formatBytes(limit)}\n`)
  if (remote !== undefined) terminal.stdout.say(`Shared over ${remote}\n`)
  if (problem !== undefined) terminal.stdout.say(`It is not used: it ${problem}.\n`)
  return ExitStatus.fine
}

/** Removes all that is kept. */
export async function cacheClearCommand({ terminal }: CommandContext, cache: RenderCache): Promise<number> {
  const { records, bytes } = cache.clear()
  if (terminal.json)
    terminal.stdout.write(`${JSON.stringify({ removed: { records, bytes } }, undefined, 2)}\n`)
  else if (!terminal.quiet) {
    const entries = records === 1 ? '1 entry' : `${records} entries`
    terminal.stdout.say(`Removed ${entries}, ${formatBytes(bytes)}.\n`)
  }
  return ExitStatus.fine
}
