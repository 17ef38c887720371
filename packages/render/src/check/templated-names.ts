/** A placeholder and the rest of the name. Bounded, since words in data files can be very long. */
const FROM_GAP = /(?:\{\{[^{}\n]{0,200}\}\}|\$\{?[A-Za-z_]\w{0,99}\}?|\*)[\w./-]{0,200}\.ya?ml/gu
const UP_TO_GAP = /[\w./-]*$/u
const MAX_START = 200

/** The file names with placeholders in scripts and playbooks. */
export function templatedNamesIn(text: string): string[] {
  const names: string[] = []
  let end = 0
  for (const { 0: rest, index } of text.matchAll(FROM_GAP)) {
    const start = UP_TO_GAP.exec(text.slice(Math.max(end, index - MAX_START), index))?.[0] ?? ''
    names.push(start + rest)
    end = index + rest.length
  }
  return names
}

const VARIABLE = /\{\{[^{}]*\}\}|\$\{?[A-Za-z_]\w*\}?/gu

/**
 * A pattern for the last two parts of a name with placeholders; undefined when they say too little. Its groups match the variables
 * of the last part: those words must occur elsewhere in the tree, such as in the loop of a playbook.
 */
export function templatedName(written: string): RegExp | undefined {
  // From here on `$` marks a variable, and `*` a shell pattern.
  const parts = written.replaceAll(VARIABLE, '$').split('/').slice(-2)
  const [last = ''] = parts.slice(-1)
  const hasFolder = parts.length === 2 && /^[\w.-]{3,}$/u.test(parts[0] ?? '')
  if (!hasFolder && last.replace(/\.ya?ml$/u, '').replaceAll(/[^\w-]/gu, '').length < 3) return undefined
  const pattern = parts
    .map((part, index) => {
      const variable = index === parts.length - 1 ? '([^/]+)' : '[^/]*'
      return part.replaceAll(/[$*]|[.+?^{}()|[\]\\]/gu, (mark) =>
        mark === '$' ? variable : mark === '*' ? '[^/]*' : `\\${mark}`,
      )
    })
    .join('/')
  return new RegExp(`(?:^|/)${pattern}$`, 'u')
}
