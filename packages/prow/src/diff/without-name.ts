import { member, type ValueMap } from '@overlay-render/golden'

import type { EffectiveJob } from '../jobs/load-prow.ts'

/** The fields whose defaults contain the job's name. */
const NAMED_AFTER: ReadonlySet<string> = new Set(['context', 'trigger', 'rerun_command'])

/** A job without its name and without values derived from the name. */
export function withoutName({ job, name }: EffectiveJob): ValueMap {
  const rest: ValueMap = {}
  for (const [key, value] of Object.entries(job)) {
    if (key === 'name') continue
    const repeats =
      NAMED_AFTER.has(key) && typeof member(job, key) === 'string' && String(value).includes(name)
    if (!repeats) rest[key] = value
  }
  return rest
}
