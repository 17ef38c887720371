/** Names of files in scripts and playbooks in which something is filled in, for git grep -E and for JavaScript. */
export const TEMPLATED: string = String.raw`[A-Za-z0-9_./-]*(\{\{[^{}]*\}\}|\$\{?[A-Za-z_][A-Za-z_0-9]*\}?|\*)[A-Za-z0-9_./-]*\.ya?ml`

const FILLED = /\{\{[^{}]*\}\}|\$\{?[A-Za-z_]\w*\}?|\*/gu

/** What the last two parts of a name have to be, where something is filled in; undefined where they say too little. */
export function templatedName(written: string): RegExp | undefined {
  const parts = written.replaceAll(FILLED, '*').split('/').slice(-2)
  const [last = ''] = parts.slice(-1)
  const hasFolder = parts.length === 2 && /^[\w.-]{3,}$/u.test(parts[0] ?? '')
  if (!hasFolder && last.replace(/\.ya?ml$/u, '').replaceAll(/[^\w-]/gu, '').length < 3) return undefined
  const pattern = parts.map((part) => part.split('*').map(escape).join('[^/]*')).join('/')
  return new RegExp(`(?:^|/)${pattern}$`, 'u')
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^${}()|[\]\\]/gu, String.raw`\$&`)
}
