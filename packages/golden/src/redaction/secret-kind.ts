/**
 * Whether a kind is `Secret` or `SecretList`, also misspelt: `secret`, `Secrets`, `Sercet`. The API server rejects a
 * misspelt kind, but the object's values are still secret.
 */
export function isSecretKind(kind: string): boolean {
  return isNearSecret(kind.trim().replace(LIST, ''))
}

/** Whether items of this list without a kind can be Secrets. */
export function isSecretList(kind: string): boolean {
  const name = kind.trim()
  return LIST.test(name) && (name.length === 'List'.length || isSecretKind(name))
}

const LIST = /lists?$/iu
const SECRET = 'secret'

/** At most one letter is added, missing or wrong, or two adjacent letters are swapped. */
function isNearSecret(kind: string): boolean {
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
