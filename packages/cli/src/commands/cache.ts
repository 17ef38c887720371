import type { RenderCache } from '@overlay-render/render'
import { SystemFault } from '@overlay-render/system'

import type { CommandContext } from '../context.ts'
import { ExitStatus } from '../exit-status.ts'
import { formatBytes } from '../format-bytes.ts'
import type { CacheClearJson } from '../json/cache-clear.ts'
import type { CacheInfoJson } from '../json/cache-info.ts'
import { printJson } from '../print-json.ts'

/** Prints where renders are kept, and their number and size. */
export async function cacheInfoCommand({ terminal }: CommandContext, cache: RenderCache): Promise<number> {
  const { folder, records, bytes, limit, problem, remote } = cache.info()
  if (terminal.json) {
    printJson<CacheInfoJson>(terminal.stdout, { folder, records, bytes, limit, remote, problem })
    return ExitStatus.fine
  }
  terminal.stdout.say(
    `${folder}\n${entriesOf(records)}, ${formatBytes(bytes)} of at most ${formatBytes(limit)}\n`,
  )
  if (remote !== undefined) terminal.stdout.say(`Shared over ${remote}\n`)
  if (problem !== undefined) terminal.stdout.say(`It is not used: it ${problem}.\n`)
  return ExitStatus.fine
}

/**
 * Removes all kept renders.
 *
 * @throws SystemFault `not-writable` for what cannot be removed
 */
export async function cacheClearCommand({ terminal }: CommandContext, cache: RenderCache): Promise<number> {
  const { records, bytes, left } = cache.clear()
  // With --json, the fault is the one value.
  if (terminal.json && left === 0) {
    printJson<CacheClearJson>(terminal.stdout, { removed: { records, bytes } })
  } else if (!terminal.json && !terminal.quiet) {
    terminal.stdout.say(`Removed ${entriesOf(records)}, ${formatBytes(bytes)}.\n`)
  }
  if (left === 0) return ExitStatus.fine
  throw new SystemFault({
    code: 'not-writable',
    message: `cannot remove ${entriesOf(left)} of the cache ${cache.folder}`,
    hint: 'give this user write permission to that folder and to the folders in it',
    blame: 'program',
  })
}

function entriesOf(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`
}
