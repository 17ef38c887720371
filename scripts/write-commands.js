// Writes docs/reference/commands.md from the table of commands.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { loadSource, root } from './load-source.js'

const INTRODUCTION = `# Commands

Results go to stdout, everything else to stderr. Exit status: 0 fine, 1 a difference or a finding, 2 bad input or usage, 3 a fault
of the program or the machine. \`overlay-render COMMAND --help\` shows what this page has; [JSON output](json.md) has what each prints with
\`--json\`. The page is generated from the table of commands by \`node scripts/write-commands.js\`.
`

/** Commands without their own section: their options are not in the table. */
const OTHERS = [
  ['yq', 'the yq language on its own, with the flags of yq 4; `overlay-render yq --help` lists them'],
  ['completion <shell>', 'print the completion of bash, zsh or fish'],
  ['version', 'print the version'],
]

const anchorOf = (name) => name.replaceAll(' ', '-')

const rowsOf = (options) =>
  options.map(({ flags, description, argChoices, mandatory }) => {
    const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`
    return `| \`${flags}\` | ${description}${choices}${mandatory ? '; required' : ''} |`
  })

const tableOf = (head, rows) =>
  rows.length === 0 ? '' : `\n| ${head} | |\n| --- | --- |\n${rows.join('\n')}\n`

/** Returns the page. */
export async function writeCommands() {
  const { COMMANDS } = await loadSource('packages/cli/src/command-table/index.ts')
  const { globalOptions } = await loadSource('packages/cli/src/command-table/global.ts')
  const sections = COMMANDS.map(({ name, summary, options = () => [], examples, ...row }) => {
    const terms = (row.arguments ?? []).map(({ term }) => term)
    const meanings = (row.arguments ?? []).map(({ term, meaning }) => `| \`${term}\` | ${meaning} |`)
    const lines = examples.flatMap(({ line, meaning }) => [`# ${meaning}`, `overlay-render ${line}`])
    const usage = ['overlay-render', name, ...terms].join(' ')
    const table = tableOf('argument or option', [...meanings, ...rowsOf(options())])
    return `\n## ${name}\n\n\`${usage}\`: ${summary}.\n${table}\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n\nWith \`--json\`: [its fields](json.md#${anchorOf(name)}).\n`
  })
  const index = [
    ...COMMANDS.map(({ name, summary }) => `| [\`${name}\`](#${anchorOf(name)}) | ${summary} |`),
    ...OTHERS.map(([usage, summary]) => `| \`${usage}\` | ${summary} |`),
  ]
  const globals = tableOf('every command takes', rowsOf(globalOptions()))
  return `${INTRODUCTION}${tableOf('command', index)}${globals}${sections.join('')}`
}

if (argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, 'docs/reference/commands.md'), await writeCommands())
