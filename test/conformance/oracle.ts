import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { cwd, env } from 'node:process'

import { runProcess, SystemFault } from '@overlay-render/system'

import type { Case } from '../vectors/cases/case.ts'

/** The result of running a case. */
export interface Verdict {
  readonly output: string
  /** The `Error: …` message on stderr, or the exit status when there is none; absent when yq succeeds. */
  readonly error?: string
}

/** The folder where `pnpm oracles` installs the real tools. `OVERLAY_RENDER_ORACLES` overrides it. */
export const oracles: string = env['OVERLAY_RENDER_ORACLES'] ?? join(cwd(), '.cache/oracles/bin')

/** The path of an oracle, or undefined when it is not installed. */
export function findOracle(name: 'yq4' | 'yq3' | 'kustomize5' | 'dyff' | 'yaml-v3'): string | undefined {
  const path = join(oracles, name)
  return existsSync(path) ? path : undefined
}

/**
 * Runs the real yq on a case, in an empty folder with a minimal environment. Returns undefined after a
 * timeout of five seconds or when the output is too large: some expressions never end.
 */
export async function runYq(
  yq: string,
  { document, expression = '.', flags = [] }: Case,
): Promise<Verdict | undefined> {
  const empty = join(cwd(), '.cache/empty')
  await mkdir(empty, { recursive: true })
  try {
    const result = await runProcess(yq, argumentsOf({ document, expression, flags }), {
      cwd: empty,
      env: { TZ: 'UTC' },
      input: document,
      timeout: 5_000,
    })
    const output = Buffer.from(result.stdout).toString('utf8')
    if (result.exitCode === 0) return { output }
    // An error message that quotes a value can have several lines.
    const error = /^Error: .*/msu.exec(result.stderr)?.[0].replace(/\n$/u, '')
    return { output, error: error ?? `exit ${result.exitCode}` }
  } catch (error) {
    if (error instanceof SystemFault && ['timed-out', 'output-too-large'].includes(error.code))
      return undefined
    throw error
  }
}

/** The command-line arguments for a case. The flag `ea` selects the command `eval-all`. */
export function argumentsOf({ expression = '.', flags = [] }: Case): string[] {
  const command = flags.includes('ea') ? ['eval-all'] : []
  const options = flags.filter((flag) => flag !== 'ea')
  const input = flags.includes('-n') ? [] : ['-']
  return [...command, ...options, '--expression', expression, ...input]
}

/** Runs `work` on all items, at most `lanes` at a time. Results keep the order of the items. */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  const waiting = items.entries()
  const lane = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
