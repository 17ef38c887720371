import { UTC, type Zone } from './time-zone.ts'

/** A point in time with a time zone, like Go's `time.Time`. */
export interface Instant {
  /** Whole seconds since 1970, rounded down. */
  readonly seconds: number
  /** 0 to 999,999,999. */
  readonly nanoseconds: number
  readonly zone: Zone
}

export interface CivilTime {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const DAY = 86_400

/** Days from 1970-01-01 to a date of the Gregorian calendar; a month or day past its end carries over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const yearOfEra = shifted - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const month = monthFromMarch + (monthFromMarch < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  }
}

/** Seconds since 1970 of a civil time in UTC. */
export function secondsOfCivil({ year, month, day, hour, minute, second }: CivilTime): number {
  return daysFromCivil(year, month, day) * DAY + hour * 3600 + minute * 60 + second
}

export interface ShownTime extends CivilTime {
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 to 366. */
  readonly dayOfYear: number
  readonly offset: number
  readonly abbreviation: string
}

/** The date and time in the instant's zone. */
export function shownTime({ seconds, zone }: Instant): ShownTime {
  const { offset, abbreviation } = zone.at(seconds)
  const local = seconds + offset
  const days = Math.floor(local / DAY)
  const time = local - days * DAY
  const date = civilFromDays(days)
  return {
    ...date,
    hour: Math.floor(time / 3600),
    minute: Math.floor((time % 3600) / 60),
    second: time % 60,
    weekday: (((days + 4) % 7) + 7) % 7,
    dayOfYear: days - daysFromCivil(date.year, 1, 1) + 1,
    offset,
    abbreviation,
  }
}

/** The instant a signed number of nanoseconds later. */
export function addNanoseconds(instant: Instant, nanoseconds: bigint): Instant {
  const total = BigInt(instant.seconds) * 1_000_000_000n + BigInt(instant.nanoseconds) + nanoseconds
  const rest = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  return {
    ...instant,
    seconds: Number((total - rest) / 1_000_000_000n),
    nanoseconds: Number(rest),
  }
}

/** Negative when `a` is earlier, 0 when both are equal, regardless of zones. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.seconds - b.seconds || a.nanoseconds - b.nanoseconds
}

/** Go's `time.UnixMilli`. */
export function instantOfMilliseconds(milliseconds: number, zone: Zone = UTC): Instant {
  const seconds = Math.floor(milliseconds / 1000)
  return { seconds, nanoseconds: (milliseconds - seconds * 1000) * 1_000_000, zone }
}
