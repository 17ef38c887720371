import { COMMANDS, completedFlags, SHELLS } from './words.ts'

/** The completion script for bash. */
export function bashScript(): string {
  return `# bash completion of overlay-render yq
_overlay_render() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [[ "\${COMP_WORDS[1]}" != yq || $COMP_CWORD -eq 1 ]]; then
    [[ $COMP_CWORD -eq 1 ]] && COMPREPLY=($(compgen -W yq -- "$current"))
    return
  fi
  # bash takes --flag=value apart.
  if [[ "$current" == = ]]; then current=
  elif [[ "$previous" == = ]]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$previous" in
${valueCases().join('\n')}
    completion|shell-completion) COMPREPLY=($(compgen -W '${SHELLS.join(' ')}' -- "$current")); return ;;
  esac
  if [[ "$current" == -* ]]; then
    COMPREPLY=($(compgen -W '${flagWords().join(' ')}' -- "$current"))
    return
  fi
  [[ $COMP_CWORD -eq 2 ]] && COMPREPLY=($(compgen -W '${COMMANDS.map(({ word }) => word).join(' ')}' -- "$current"))
  COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -o default -F _overlay_render overlay-render
`
}

function valueCases(): string[] {
  return completedFlags().flatMap(({ long, short, takes }) => {
    if (takes === 'nothing') return []
    const names = [...(short === undefined ? [] : [`-${short}`]), `--${long}`].join('|')
    return [`    ${names}) ${reply(takes)}return ;;`]
  })
}

function reply(takes: 'file' | 'text' | readonly string[]): string {
  if (takes === 'text') return ''
  const source = takes === 'file' ? '-f' : `-W '${takes.join(' ')}'`
  return `COMPREPLY=($(compgen ${source} -- "$current")); `
}

function flagWords(): string[] {
  return completedFlags().flatMap(({ long, short }) => [
    ...(short === undefined ? [] : [`-${short}`]),
    `--${long}`,
  ])
}
