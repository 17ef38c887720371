import { type Flag, FLAGS } from './flag-table.ts'

const HEAD = `Evaluates an expression of yq 4's language over YAML, JSON, XML, CSV, TSV, properties, TOML, INI,
base64 and URI files.

Usage:
  overlay-render yq [eval] [EXPRESSION] [FILE…]     once for each document, in sequence
  overlay-render yq eval-all [EXPRESSION] [FILE…]   once, over all documents of all files together
  overlay-render yq write --script SCRIPT [-i] [-d INDEX|*] [-P] [-j] FILE    a yq 3 script, as yq 3.4.1 runs it
  overlay-render yq migrate SCRIPT [--base FILE] [--against EXPRESSION_FILE]   a yq 3 script as an expression
  overlay-render yq completion bash|zsh|fish|powershell     a script that completes this command in a shell

e and ea are short for eval and eval-all. A first argument that is a file is no expression, and one
that ends in .yq is a script. - is stdin, which is also read when no file is named.

Examples:
  overlay-render yq '.stuff' file.yaml                     print a value
  overlay-render yq -i '.stuff = "foo"' file.yaml          change a file
  overlay-render yq -P -oy file.json                       JSON to plain YAML
  overlay-render yq ea '. as $item ireduce ({}; . * $item)' one.yaml two.yaml

Flags:
`

const COLUMN = 38

export function helpText(): string {
  const lines = FLAGS.filter((flag: Flag) => flag.hidden !== true).map(flagLine)
  return `${HEAD}${lines.join('\n')}\n`
}

function flagLine(flag: Flag): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `
  const value = flag.value === undefined ? '' : ` ${flag.value}`
  return `  ${`${short}--${flag.name}${value}`.padEnd(COLUMN)} ${flag.help}`
}
