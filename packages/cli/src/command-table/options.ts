import { InvalidArgumentError, Option } from 'commander'

import type { Argument } from './command-row.ts'

/** One overlay. */
export const OVERLAY: Argument = { term: '<overlay>', meaning: 'name of the overlay', complete: 'overlays' }
/** Any number of overlays. */
export const OVERLAYS: Argument = { term: '[overlay...]', meaning: 'names of overlays', complete: 'overlays' }

/** An option with its help. */
export const flag = (term: string, meaning: string): Option => new Option(term, meaning)

/** How many overlays are rendered at the same time. */
export const jobs = (): Option =>
  flag('--jobs <n>', 'overlays rendered at a time').argParser((text: string) => {
    const number = Number(text)
    if (!Number.isInteger(number) || number < 1)
      throw new InvalidArgumentError('it must be a whole number from 1')
    return number
  })

const UNITS: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** A time such as `90s` or `10m`, as milliseconds. */
export const duration = (term: string, meaning: string): Option =>
  flag(term, meaning).argParser((text: string) => {
    const [, count, unit = ''] = /^(\d{1,6})([smh])$/u.exec(text) ?? []
    const milliseconds = Number(count) * (UNITS.get(unit) ?? Number.NaN)
    if (!(milliseconds > 0)) throw new InvalidArgumentError('it must be a time such as 90s or 10m')
    return milliseconds
  })

/** Whether secret files are read. */
export const secrets = (): Option =>
  flag('--secrets <mode>', 'real: read the secret files; stub: replace each by a placeholder').choices([
    'real',
    'stub',
  ])

/** The context of the cluster. */
export const context = (): Option =>
  flag('--context <name>', 'the context of kubectl to ask, instead of that of the overlay; it implies --live')

/** A report to write; may be repeated. */
export const report = (meaning = 'also write a report; may be repeated'): Option =>
  flag('--report <format=file>', meaning)
    .argParser((value: string, before: readonly string[]) => [...before, value])
    .default([], 'none')

/** The part of the overlays for one of several parallel jobs. */
export const shard = (meaning: string): Option => flag('--shard <i/n>', meaning)

const BASE = 'the git revision that the change is for, such as origin/main'

/** The revision that a change is compared with; required. */
export const base = (): Option => flag('--base <revision>', BASE).makeOptionMandatory()

/** The revision that a change is compared with. */
export const optionalBase = (): Option =>
  flag('--base <revision>', `take only the overlays that a change can affect: ${BASE}`)

/** The values of an argument that may be repeated. */
export function textList(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

/** The value of an argument that may be absent. */
export function optionalText(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value)
}
