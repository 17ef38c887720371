/** What something is filled in for, and the rest of the name. Bounded: words of data are long. */
const FROM_GAP = /(?:\{\{[^{}\n]{0,200}\}\}|\$\{?[A-Za-z_]\w{0,99}\}?|\*)[\w./-]{0,200}\.ya?ml/gu
const UP_TO_GAP = /[\w./-]*$/u
const MAX_START = 200

/** Names of files in scripts and playbooks in which something is filled in. */
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
 * What the last two parts of a name have to be, where something is filled in; undefined where they say too little. Its groups are what
 * variables stand for in the last part: those words are somewhere, too, such as in the loop of a playbook.
 */
export function templatedName(written: string): RegExp | undefined {
  // A variable is `$` from here on, and a pattern of a shell `*`.
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
