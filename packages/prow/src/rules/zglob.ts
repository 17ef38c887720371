/**
 * Whether a path matches a glob as github.com/mattn/go-zglob, which `config_updater` uses, reads it: two stars and a slash are any
 * number of folders, one star any characters except a slash, `{a,b}` alternatives. There is no `?` and no class.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  return globMatcher(pattern)(path)
}

/** `matchesGlob` for many paths. */
export function globMatcher(pattern: string): (path: string) => boolean {
  const expression = globExpression(pattern)
  return expression === undefined ? (path) => path === pattern : (path) => expression.test(path)
}

/** Undefined for a pattern without a star, which only matches itself. */
function globExpression(pattern: string): RegExp | undefined {
  if (!pattern.includes('*')) return undefined
  const text = cleanPath(pattern)
  let mask = ''
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? ''
    if (text.startsWith('**/', index)) {
      mask += '(.*/)?'
      index += 2
    } else if (character === '*') mask += '[^/]*'
    else if (character === '{' && text.indexOf('}', index) > index + 1) {
      const end = text.indexOf('}', index)
      mask += `(${text
        .slice(index + 1, end)
        .split(',')
        .map(escape)
        .join('|')})`
      index = end
    } else mask += escape(character)
  }
  return new RegExp(`^${mask}$`, 'su')
}

/** Go's filepath.Clean, as far as patterns need it. */
function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part, index) => part !== '.' && (part !== '' || index === 0))
    .join('/')
}

function escape(text: string): string {
  return text.replace(/[^\w/]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
