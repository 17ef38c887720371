/**
 * Whether a kind is that of a Secret, or of a list of them, as people write it: `secret`, `Secrets`, `Sercet`. The API
 * server refuses a misspelt kind, but what the object holds is a secret all the same.
 */
export function isSecretKind(kind: string): boolean {
  return nearSecret(kind.trim().replace(LIST, ''))
}

/** Whether items of this list need no kind of their own to be Secrets. */
export function holdsSecrets(kind: string): boolean {
  const name = kind.trim()
  return LIST.test(name) && (name.length === 'List'.length || isSecretKind(name))
}

const LIST = /lists?$/iu
const SECRET = 'secret'

/** At most one letter too many, too few or wrong, or two neighbours that changed places. */
function nearSecret(kind: string): boolean {
  if (Math.abs(kind.length - SECRET.length) > 1) return false
  const name = kind.toLowerCase()
  let start = 0
  while (start < name.length && name[start] === SECRET[start]) start++
  let end = 0
  while (end < Math.min(name.length, SECRET.length) - start && name.at(-1 - end) === SECRET.at(-1 - end))
    end++
  const [was, is] = [SECRET.slice(start, SECRET.length - end), name.slice(start, name.length - end)]
  return Math.max(was.length, is.length) <= 1 || (was.length === 2 && is === `${was[1]}${was[0]}`)
}
