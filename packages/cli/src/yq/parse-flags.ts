import { type Flag, type FlagName, FLAGS } from './flag-table.ts'
import { usageFault } from './usage-fault.ts'

/** The parsed arguments of a call. */
export interface ParsedArguments {
  readonly positional: readonly string[]
  /** Whether the flag was given. */
  has(name: FlagName): boolean
  boolean(name: FlagName, fallback?: boolean): boolean
  text(name: FlagName, fallback?: string): string
  integer(name: FlagName, fallback: number): number
}

type Value = boolean | string | number

const BY_NAME: ReadonlyMap<string, Flag> = new Map(FLAGS.map((flag) => [flag.name, flag]))
const BY_SHORT: ReadonlyMap<string, Flag> = new Map(
  FLAGS.flatMap((flag) => ('short' in flag ? [[flag.short, flag] as const] : [])),
)

/**
 * Parses arguments as Go's pflag does: flags anywhere, short ones in groups, values after `=`, directly after a short flag or as
 * the next argument; booleans take a value only after `=`; `--` ends the flags.
 *
 * @throws YqFault with pflag's message
 */
export function parseFlags(args: readonly string[]): ParsedArguments {
  const values = new Map<string, Value>()
  const positional: string[] = []
  const rest = [...args]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') positional.push(...rest.splice(0))
    else if (argument.startsWith('--')) parseLong(argument.slice(2), rest, values)
    else if (argument.startsWith('-') && argument !== '-') parseShort(argument.slice(1), rest, values)
    else positional.push(argument)
  }
  return {
    positional,
    has: (name) => values.has(name),
    boolean(name, fallback = false) {
      const value = values.get(name)
      return typeof value === 'boolean' ? value : fallback
    },
    text(name, fallback = '') {
      const value = values.get(name)
      return typeof value === 'string' ? value : fallback
    },
    integer(name, fallback) {
      const value = values.get(name)
      return typeof value === 'number' ? value : fallback
    },
  }
}

function parseLong(text: string, rest: string[], values: Map<string, Value>): void {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  if (name === '' || name.startsWith('-')) throw usageFault(`bad flag syntax: --${text}`)
  const flag = BY_NAME.get(name)
  if (flag === undefined) throw usageFault(`unknown flag: --${name}`)
  if (equals >= 0) set(flag, text.slice(equals + 1), values)
  else if (flag.kind === 'boolean') set(flag, 'true', values)
  else set(flag, rest.shift() ?? missing(`--${name}`), values)
}

/** A group such as `nP`, `oy`, `I=4`, `no=json`. */
function parseShort(group: string, rest: string[], values: Map<string, Value>): void {
  for (let letters = group; letters !== '';) {
    const letter = letters.charAt(0)
    const flag = BY_SHORT.get(letter)
    if (flag === undefined) throw usageFault(`unknown shorthand flag: '${letter}' in -${letters}`)
    const following = letters.slice(1)
    if (following.startsWith('=') && following.length > 1) {
      set(flag, following.slice(1), values)
      return
    }
    if (flag.kind !== 'boolean') {
      set(
        flag,
        following === '' ? (rest.shift() ?? missing(`'${letter}' in -${letters}`)) : following,
        values,
      )
      return
    }
    set(flag, 'true', values)
    letters = following
  }
}

function missing(flag: string): never {
  throw usageFault(`flag needs an argument: ${flag}`)
}

function set(flag: Flag, text: string, values: Map<string, Value>): void {
  const refuse = (reason: string): never => {
    const shown = flag.short === undefined ? `--${flag.name}` : `-${flag.short}, --${flag.name}`
    throw usageFault(`invalid argument ${JSON.stringify(text)} for "${shown}" flag: ${reason}`)
  }
  switch (flag.kind) {
    case 'boolean':
      values.set(flag.name, booleanOf(text) ?? refuse(syntax('ParseBool', text)))
      break
    case 'int':
      values.set(flag.name, integerOf(text) ?? refuse(syntax('ParseInt', text)))
      break
    case 'rune': {
      const character = unescape(text)
      const size = Buffer.byteLength(character)
      if (size !== 1) refuse(`[${character}] is not a valid character. Must be length 1 was ${size}`)
      values.set(flag.name, character)
      break
    }
    case 'string':
      values.set(flag.name, text)
  }
}

function syntax(reader: string, text: string): string {
  return `strconv.${reader}: parsing ${JSON.stringify(text)}: invalid syntax`
}

/** The words that Go's ParseBool accepts. */
function booleanOf(text: string): boolean | undefined {
  if (/^(?:1|t|T|true|True|TRUE)$/.test(text)) return true
  return /^(?:0|f|F|false|False|FALSE)$/.test(text) ? false : undefined
}

function integerOf(text: string): number | undefined {
  const [, sign = '', digits = ''] =
    /^([+-]?)(0[xX][\da-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|\d+)$/.exec(text) ?? []
  if (digits === '') return undefined
  const size = Number(/^0[0-7]+$/.test(digits) ? `0o${digits}` : digits)
  return sign === '-' ? -size : size
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' }

function unescape(text: string): string {
  return text.replace(/\\([ntrfv])/g, (whole, letter) => ESCAPES[String(letter)] ?? whole)
}
