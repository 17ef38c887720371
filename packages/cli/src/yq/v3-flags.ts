import { parseArgs } from 'node:util'

import { usageFault } from './usage-fault.ts'

/** The flags of yq 3's write that are not supported, with what to do instead. */
const REFUSED: ReadonlyMap<string, string> = new Map(
  [
    ['-f, --from', 'put the value into a script'],
    ['-t, --tag', 'tags are written in the script, such as `value: !!str 3`'],
    ['--style', 'styles are written in the script, such as `value: "x"`'],
    ['--anchorName', 'anchors are written in the script, such as `value: &name x`'],
    ['--makeAlias', 'aliases are written in the script, such as `value: *name`'],
    ['-I, --indent', 'the indent is 2'],
    ['-C, --colors', 'pipe the output to a program that colours it'],
  ].flatMap(([flags = '', hint = '']) => flags.split(', ').map((flag) => [flag, hint] as const)),
)

interface FlagSpec {
  readonly type: 'boolean' | 'string'
  readonly short?: string
}

/** The parsed flags of a command for yq 3 scripts. */
export interface V3Flags {
  readonly isSet: (name: string) => boolean
  readonly text: (name: string) => string | undefined
  readonly positionals: readonly string[]
}

/**
 * Parses the flags of `write` and `migrate`.
 *
 * @throws YqFault for a flag that is not among `options`
 */
export function parseV3Flags(args: readonly string[], options: Readonly<Record<string, FlagSpec>>): V3Flags {
  const refused = args.find((argument) => REFUSED.has(argument.split('=')[0] ?? ''))
  if (refused !== undefined)
    throw usageFault(`${refused} is not supported`, REFUSED.get(refused.split('=')[0] ?? ''))
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
    const known = new Map(Object.entries(values))
    return {
      isSet: (name) => known.get(name) === true,
      text(name) {
        const value = known.get(name)
        return typeof value === 'string' ? value : undefined
      },
      positionals,
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw usageFault(error.message.split('. ')[0] ?? error.message, V3_USAGE)
  }
}

/** How to call the commands for yq 3 scripts. */
export const V3_USAGE =
  'overlay-render yq write --script SCRIPT [-i] [-d INDEX|*] [-P] [-j] FILE, or yq migrate SCRIPT [--base FILE] [--against EXPRESSION_FILE]'
