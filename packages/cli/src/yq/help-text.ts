import { wrapToWidth } from '@overlay-render/system'

import { type Flag, FLAGS } from './flag-table.ts'

const HEAD = `Evaluates an expression of yq 4's language over YAML, JSON, XML, CSV, TSV,
properties, TOML, INI, base64 and URI files.

Usage:
  overlay-render yq [eval] [EXPRESSION] [FILE…]
      once for each document, in sequence
  overlay-render yq eval-all [EXPRESSION] [FILE…]
      once, over all documents of all files together
  overlay-render yq write --script SCRIPT [-i] [-d INDEX|*] [-P] [-j] FILE
      a yq 3 script, as yq 3.4.1 runs it
  overlay-render yq migrate SCRIPT [--base FILE] [--against EXPRESSION_FILE]
      a yq 3 script as an expression
  overlay-render yq completion bash|zsh|fish|powershell
      a script that completes this command in a shell

e and ea are short for eval and eval-all. A first argument that is a file is not
taken for an expression, and one that ends in .yq is a script. - is stdin, which
is also read when no file is named.

Examples:
  overlay-render yq '.stuff' file.yaml                     print a value
  overlay-render yq -i '.stuff = "foo"' file.yaml          change a file
  overlay-render yq -P -oy file.json                       JSON to plain YAML
  overlay-render yq ea '. as $item ireduce ({}; . * $item)' one.yaml two.yaml

Flags:
`

const COLUMN = 38

/** The help of `overlay-render yq`. @param width columns of the terminal; infinite elsewhere */
export function helpText(width: number): string {
  const lines = FLAGS.filter((flag: Flag) => flag.hidden !== true).flatMap((flag) =>
    wrapToWidth(flagLine(flag), width, { indent: COLUMN + 3 }),
  )
  return `${HEAD}${lines.join('\n')}\n`
}

function flagLine(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `
  const value = flag.value === undefined ? '' : ` ${flag.value}`
  return `  ${`${short}--${flag.name}${value}`.padEnd(COLUMN)} ${flag.help}`
}

const V3_HELP: ReadonlyMap<string | undefined, string> = new Map([
  [
    'write',
    `Usage: overlay-render yq write --script SCRIPT [flags] FILE

Runs a yq 3 script on a file, and prints what yq 3.4.1 prints. - is stdin.

Flags:
  -s, --script SCRIPT   the script: a list of commands, such as "command: update"
  -i, --inplace         change the file instead of printing it
  -d, --doc INDEX|*     the document to change, counted from 0, or all of them (default 0)
  -P, --prettyPrint     print in block style
  -j, --tojson          print JSON
  -v, --verbose         say more on stderr when something fails

Examples:
  overlay-render yq write --script patches/config.yaml config.yaml
  overlay-render yq write -i -s patches/config.yaml config.yaml
`,
  ],
  [
    'migrate',
    `Usage: overlay-render yq migrate SCRIPT [flags]

Prints the yq 4 expression that does what a yq 3 script does.

Flags:
  -b, --base FILE                  run both on this file, and show where the results differ (exit status 1)
      --against EXPRESSION_FILE    compare the script with this expression instead; needs --base
  -v, --verbose                    say more on stderr when something fails

Examples:
  overlay-render yq migrate patches/config.yaml > config.yq
  overlay-render yq migrate patches/config.yaml --base config.yaml
  overlay-render yq migrate patches/config.yaml --base config.yaml --against config.yq
`,
  ],
])

/** The help of a command for yq 3 scripts; undefined for any other word. */
export function v3HelpText(command: string | undefined): string | undefined {
  return V3_HELP.get(command === 'w' ? 'write' : command)
}
