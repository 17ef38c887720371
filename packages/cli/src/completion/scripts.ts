/** The scripts that make shells call `overlay-render completion words …`. */
export const COMPLETION_SCRIPTS: Readonly<Record<string, string>> = {
  bash: `# To load it: source <(overlay-render completion bash)
_overlay_render() {
  local word
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <(overlay-render completion words -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _overlay_render overlay-render
`,
  zsh: `#compdef overlay-render
# To load it: source <(overlay-render completion zsh)
_overlay_render() {
  local -a candidates
  local word meaning
  while IFS=$'\\t' read -r word meaning; do
    candidates+=("\${word//:/\\\\:}:\${meaning}")
  done < <(overlay-render completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#candidates} )); then _describe 'overlay-render' candidates; else _files; fi
}
compdef _overlay_render overlay-render
`,
  fish: `# To load it: overlay-render completion fish | source
function __overlay_render_words
  set -l words (commandline -opc) (commandline -ct)
  overlay-render completion words -- $words[2..-1] 2>/dev/null
end
complete -c overlay-render -a '(__overlay_render_words)'
`,
}
