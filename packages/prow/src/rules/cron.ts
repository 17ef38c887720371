import { parseDuration } from '../decode/duration.ts'

interface Bounds {
  readonly least: number
  readonly most: number
  readonly names: readonly string[]
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const DAYS = 'sun mon tue wed thu fri sat'.split(' ')
const FIELDS: readonly Bounds[] = [
  { least: 0, most: 59, names: [] },
  { least: 0, most: 59, names: [] },
  { least: 0, most: 23, names: [] },
  { least: 1, most: 31, names: [] },
  { least: 1, most: 12, names: MONTHS },
  { least: 0, most: 6, names: DAYS },
]
const DESCRIPTORS: ReadonlySet<string> = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
])

/** The error in a schedule as robfig/cron v2, which Prow uses, parses it; undefined for a valid one. */
export function cronFault(text: string): string | undefined {
  const spec = text.startsWith('TZ=') ? text.replace(/^\S* */u, '').trim() : text
  if (spec.startsWith('@')) {
    if (DESCRIPTORS.has(spec)) return undefined
    if (spec.startsWith('@every ') && parseDuration(spec.slice('@every '.length)) !== undefined)
      return undefined
    return `${spec} is not a descriptor`
  }
  const fields = cronFields(spec)
  if (fields.length !== 5 && fields.length !== 6) return `expected 5 or 6 fields, found ${fields.length}`
  const all = fields.length === 5 ? ['0', ...fields] : fields
  for (const [index, field] of all.entries()) {
    const bounds = FIELDS[index]
    const fault = bounds === undefined ? undefined : fieldFault(field, bounds)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** The fields of a schedule: words separated by white space. */
export function cronFields(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '')
}

function fieldFault(field: string, bounds: Bounds): string | undefined {
  for (const range of field.split(',').filter((part) => part !== '')) {
    const fault = rangeFault(range, bounds)
    if (fault !== undefined) return `${range}: ${fault}`
  }
  return undefined
}

function rangeFault(range: string, { least, most, names }: Bounds): string | undefined {
  const [span = '', step, ...more] = range.split('/')
  const [low = '', high, ...further] = span.split('-')
  if (more.length > 0) return 'too many slashes'
  if (step !== undefined && wholeNumber(step, []) === undefined) return `${step} is not a number`
  if (low === '*' || low === '?') return undefined
  if (further.length > 0) return 'too many hyphens'
  const start = wholeNumber(low, names)
  const end = high === undefined ? (step === undefined ? start : most) : wholeNumber(high, names)
  if (start === undefined || end === undefined) return `${start === undefined ? low : high} is not a number`
  if (start < least) return `it starts below ${least}`
  if (end > most) return `it ends above ${most}`
  return start > end ? 'its start is after its end' : undefined
}

function wholeNumber(text: string, names: readonly string[]): number | undefined {
  const named = names.indexOf(text.toLowerCase())
  if (named >= 0) return named + (names === MONTHS ? 1 : 0)
  return /^\+?\d+$/u.test(text) ? Number(text) : undefined
}
