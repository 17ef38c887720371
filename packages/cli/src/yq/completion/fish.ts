import { COMMANDS, completedFlags, type CompletedFlag, SHELLS } from './words.ts'

const IN_YQ = "'__fish_seen_subcommand_from yq'"
const FIRST = "'__fish_seen_subcommand_from yq; and test (count (commandline -opc)) -eq 2'"
const IN_COMPLETION = "'__fish_seen_subcommand_from completion shell-completion'"

/** The completion script for fish. */
export function fishScript(): string {
  const complete = 'complete -c overlay-render'
  return `# fish completion of overlay-render yq
${complete} -n __fish_use_subcommand -a yq -d ${quoted("the language of yq 4, and yq 3's scripts")}
${COMMANDS.map(({ word, help }) => `${complete} -n ${FIRST} -a ${word} -d ${quoted(help)}`).join('\n')}
${complete} -n ${IN_COMPLETION} -f -a ${quoted(SHELLS.join(' '))}
${completedFlags()
  .map((flag) => `${complete} -n ${IN_YQ} ${flagOptions(flag)}`)
  .join('\n')}
`
}

function flagOptions({ long, short, help, takes }: CompletedFlag): string {
  return [
    ...(short === undefined ? [] : [`-s ${short}`]),
    `-l ${long}`,
    ...valueOptions(takes),
    `-d ${quoted(help)}`,
  ].join(' ')
}

function valueOptions(takes: CompletedFlag['takes']): string[] {
  if (takes === 'nothing') return []
  if (takes === 'file') return ['-r', '-F']
  return takes === 'text' ? ['-x'] : ['-x', `-a ${quoted(takes.join(' '))}`]
}

/** Quotes a text with fish's single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`
}
