import { memberAt, type ValueMap } from '../resources/value.ts'

interface Field {
  readonly name: string
  readonly least: number
  readonly most: number
  /** Names for the numbers from `least` on. */
  readonly words?: readonly string[]
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const DAYS = 'sun mon tue wed thu fri sat'.split(' ')

const FIELDS: readonly Field[] = [
  { name: 'minute', least: 0, most: 59 },
  { name: 'hour', least: 0, most: 23 },
  { name: 'day of the month', least: 1, most: 31 },
  { name: 'month', least: 1, most: 12, words: MONTHS },
  { name: 'day of the week', least: 0, most: 6, words: DAYS },
]
const DESCRIPTOR =
  /^@(?:yearly|annually|monthly|weekly|daily|midnight|hourly|every [+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/u

/** Checks a CronJob's schedule, by the syntax of `robfig/cron`, and its time zone. */
export function checkSchedule(after: ValueMap): string | undefined {
  const schedule = memberAt(after, 'spec', 'schedule')
  const problem = typeof schedule === 'string' ? scheduleProblem(schedule) : undefined
  if (problem !== undefined) return `spec.schedule ${problem}`
  const zone = memberAt(after, 'spec', 'timeZone')
  return typeof zone === 'string' && !isZone(zone) ? 'spec.timeZone is not a known time zone' : undefined
}

function scheduleProblem(schedule: string): string | undefined {
  if (/^\s*$/u.test(schedule)) return 'is empty'
  if (schedule.includes('TZ')) return 'must not contain a time zone: use spec.timeZone'
  if (schedule.startsWith('@')) return DESCRIPTOR.test(schedule) ? undefined : 'has an unknown @descriptor'
  const fields = schedule.trim().split(/\s+/u)
  if (fields.length !== FIELDS.length) return `has ${fields.length} fields, but needs five`
  const broken = FIELDS.find((field, index) => !isField(fields[index] ?? '', field))
  return broken === undefined ? undefined : `has an invalid ${broken.name}`
}

function isField(text: string, field: Field): boolean {
  return text.split(',').every((part) => part === '' || isRange(part, field))
}

function isRange(text: string, field: Field): boolean {
  const [range = '', step, ...tooMany] = text.split('/')
  if (tooMany.length > 0 || (step !== undefined && !/^0*[1-9]\d*$/u.test(step))) return false
  const [low = '', high, ...more] = range.split('-')
  if (low === '*' || low === '?') return more.length === 0
  const start = numberOf(low, field)
  const end = high === undefined ? start : numberOf(high, field)
  return more.length === 0 && start >= field.least && end <= field.most && start <= end
}

/** NaN for an invalid value. */
function numberOf(text: string, { least, words = [] }: Field): number {
  const word = words.indexOf(text.toLowerCase())
  if (word >= 0) return least + word
  return /^\d+$/u.test(text) ? Number(text) : Number.NaN
}

function isZone(name: string): boolean {
  if (name === '' || name.toLowerCase() === 'local' || name.startsWith(' ') || /^[+-]/u.test(name))
    return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
