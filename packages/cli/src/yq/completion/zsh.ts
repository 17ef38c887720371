import { COMMANDS, completedFlags, type CompletedFlag, SHELLS, type Word } from './words.ts'

/** The completion script for zsh. */
export function zshScript(): string {
  return `#compdef overlay-render
# zsh completion of overlay-render yq
_overlay_render() {
  if (( CURRENT == 2 )); then
    compadd yq
    return
  fi
  if [[ "$words[2]" != yq ]]; then
    _files
    return
  fi
  shift words
  (( CURRENT-- ))
  if [[ "$words[2]" == (completion|shell-completion) ]]; then
    compadd ${SHELLS.join(' ')}
    return
  fi
  _arguments -s \\
${completedFlags().map(flagLine).join('\n')}
    '1: :_overlay_render_first' \\
    '*:file:_files'
}
_overlay_render_first() {
  local -a commands=(
${COMMANDS.map((command) => `    ${commandLine(command)}`).join('\n')}
  )
  _describe command commands
  _files
}
if [[ "$funcstack[1]" == _overlay_render ]]; then _overlay_render "$@"; else compdef _overlay_render overlay-render; fi
`
}

function commandLine({ word, help }: Word): string {
  return quoted(`${word}:${help}`)
}

function flagLine({ long, short, help, takes }: CompletedFlag): string {
  const about = `[${help.replaceAll(/[[\]]/g, '\\$&')}]${action(takes)}`
  if (short === undefined) return `    ${quoted(`--${long}${signOf(takes, '=')}${about}`)} \\`
  const names = `{-${short}${signOf(takes, '+')},--${long}${signOf(takes, '=')}}`
  return `    ${quoted(`(-${short} --${long})`)}${names}${quoted(about)} \\`
}

/** How a flag is joined with its value: `-oyaml` or `-o yaml`, `--flag=yaml` or `--flag yaml`. */
function signOf(takes: CompletedFlag['takes'], sign: string): string {
  return takes === 'nothing' ? '' : sign
}

function action(takes: CompletedFlag['takes']): string {
  if (takes === 'nothing') return ''
  if (takes === 'file') return ':file:_files'
  return takes === 'text' ? ':value: ' : `:value:(${takes.join(' ')})`
}

/** Quotes a text with single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
