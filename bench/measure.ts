/** Wall times in milliseconds of two alternating tasks. */
export interface Comparison {
  readonly name: string
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
}

/** Runs two tasks alternately, for one warm-up round and `rounds` measured rounds. */
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
    // Alternate the order, so that both sides benefit equally from warm caches.
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

/** The median of the ratios of each round. Load on the machine affects both sides of a round. */
export function ratioOf({ ours, theirs }: Comparison): number {
  return median(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)))
}

/** Formats a comparison: the ratio, the target and the measured times. */
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
