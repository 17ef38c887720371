/** Wall times in milliseconds of two things that were run in turn. */
export interface Comparison {
  readonly name: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
}

/** Runs two things in turn, `rounds` times after one round that does not count. */
export async function compareInTurn(
  name: string,
  rounds: number,
  ours: () => Promise<void> | void,
  theirs: () => Promise<void> | void,
): Promise<Comparison> {
  await ours()
  await theirs()
  const times = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    // Alternating who is first evens out what the one before leaves warm.
    const order = round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)
    for (const side of order) times[side].push(await timed(side === 'ours' ? ours : theirs))
  }
  return { name, ...times }
}

export async function timed(work: () => Promise<void> | void): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The median of the ratios of rounds: what the machine did to one round it did to both sides. */
export function ratioOf({ ours, theirs }: Comparison): number {
  return median(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)))
}

/** One line a comparison: the ratio, the target, and the raw figures. */
export function report({ name, ...times }: Comparison, target: number | undefined): string {
  const ratio = ratioOf({ name, ...times })
  const goal = target === undefined ? '' : ` (target ${target}: ${ratio <= target ? 'met' : 'MISSED'})`
  const raw = (side: readonly number[]): string =>
    `median ${median(side).toFixed(0)} ms, best ${Math.min(...side).toFixed(0)} ms of ${side.length}: ${side.map((time) => time.toFixed(0)).join(' ')}`
  return [
    `${name}: ratio ${ratio.toFixed(2)}${goal}`,
    `  ours    ${raw(times.ours)}`,
    `  theirs  ${raw(times.theirs)}`,
  ].join('\n')
}
