/** Names of files in scripts and playbooks in which something is filled in, for git grep -E and for JavaScript. */
export const TEMPLATED: string = String.raw`[A-Za-z0-9_./-]*(\{\{[^{}]*\}\}|\$\{?[A-Za-z_][A-Za-z_0-9]*\}?|\*)[A-Za-z0-9_./-]*\.ya?ml`

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
