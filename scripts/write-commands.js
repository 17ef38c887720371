// Writes docs/reference/commands.md from the table of commands.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'

import { loadSource, root } from './load-source.js'

const INTRODUCTION = `# Commands

Written by \`node scripts/write-commands.js\` from the table of commands.

Results go to stdout, everything else to stderr. Exit status: 0 fine, 1 a difference or a finding, 2 bad input or usage, 3 a fault
of the program or the machine.
`

const rowsOf = (options) =>
  options.map(({ flags, description, argChoices, mandatory }) => {
    const choices = argChoices === undefined ? '' : ` (${argChoices.join(', ')})`
    return `| \`${flags}\` | ${description}${choices}${mandatory ? '; required' : ''} |`
  })

const tableOf = (head, rows) =>
  rows.length === 0 ? '' : `\n| ${head} | |\n| --- | --- |\n${rows.join('\n')}\n`

/** The page. */
export async function writeCommands() {
  const { COMMANDS } = await loadSource('packages/cli/src/command-table/index.ts')
  const { globalOptions } = await loadSource('packages/cli/src/command-table/global.ts')
  const sections = COMMANDS.map(({ name, summary, options = [], examples, ...row }) => {
    const terms = (row.arguments ?? []).map(({ term }) => term)
    const meanings = (row.arguments ?? []).map(({ term, meaning }) => `| \`${term}\` | ${meaning} |`)
    const lines = examples.flatMap(({ line, meaning }) => [`# ${meaning}`, `overlay-render ${line}`])
    const usage = ['overlay-render', name, ...terms].join(' ')
    const table = tableOf('argument or option', [...meanings, ...rowsOf(options)])
    return `\n## ${name}\n\n\`${usage}\`: ${summary}.\n${table}\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`
  })
  return `${INTRODUCTION}${tableOf('every command takes', rowsOf(globalOptions()))}${sections.join('')}`
}

if (argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(join(root, 'docs/reference/commands.md'), await writeCommands())
