import { appendFileSync } from 'node:fs'
import { env } from 'node:process'

/** How many trials a proof makes: what `pnpm prove --count N` asks for, else a number that is quick enough for every test run. */
export function proveCount(quick: number): number {
  return Number(env['OVERLAY_RENDER_PROVE_COUNT'] ?? quick)
}

/** The seed of `pnpm prove --seed N`. */
export function proveSeed(): number {
  return Number(env['OVERLAY_RENDER_PROVE_SEED'] ?? 1)
}

/** Hands a line with figures to `pnpm prove`, which prints it; other test runs stay silent. */
export function sayProof(line: string): void {
  const file = env['OVERLAY_RENDER_PROVE_FIGURES']
  if (file !== undefined) appendFileSync(file, `${line}\n`)
}
