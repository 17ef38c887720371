import { zoneAbbreviations } from './zone-abbreviations.ts'

/** The offset and abbreviation of a zone at one point in time. */
export interface ZoneMoment {
  /** Seconds east of UTC. */
  readonly offset: number
  /** `AEDT`, `UTC`, `-03`; '' for a bare offset such as `+07:30`. */
  readonly abbreviation: string
}

/** A time zone, like Go's `time.Location`. */
export interface Zone {
  at(unixSeconds: number): ZoneMoment
}

/** A zone that never changes. */
export function fixedZone(abbreviation: string, offset: number): Zone {
  const moment = { offset, abbreviation }
  return { at: () => moment }
}

export const UTC: Zone = fixedZone('UTC', 0)

/**
 * The zone with an IANA name, or undefined. Offsets come from Intl; abbreviations come from the zone database, because
 * Intl's depend on the locale.
 */
export function loadZone(name: string): Zone | undefined {
  if (name === '' || name === 'UTC') return UTC
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
  // Go opens a file with that name, so case matters, and an offset such as `+01:00` is not a zone.
  if (!/^[A-Z]/.test(name)) return undefined
  const abbreviations = zoneAbbreviations(name) ?? zoneAbbreviations(format.resolvedOptions().timeZone)
  return {
    at(unixSeconds) {
      const offset = offsetAt(format, unixSeconds)
      return { offset, abbreviation: abbreviations?.get(offset) ?? numericAbbreviation(offset) }
    },
  }
}

function offsetAt(format: Intl.DateTimeFormat, unixSeconds: number): number {
  const part = format.formatToParts(unixSeconds * 1000).find(({ type }) => type === 'timeZoneName')
  const match = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(part?.value ?? '')
  if (match === null) return 0
  const [, sign, hours, minutes, seconds = '0'] = match
  const size = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  return sign === '-' ? -size : size
}

/** The zone database's form for offsets without an abbreviation: `-03`, `+0530`. */
function numericAbbreviation(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60)
  const tail = minutes % 60 === 0 ? '' : twoDigits(minutes % 60)
  return `${offset < 0 ? '-' : '+'}${twoDigits(Math.floor(minutes / 60))}${tail}`
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
