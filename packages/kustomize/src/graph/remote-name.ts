import { isAbsolute, normalize } from 'node:path'

/** How kustomize would fetch a reference. */
export type RemoteForm = 'url' | 'git'

/** Whether kustomize fetches the reference as a file: an http or https URL, in any case. */
export function isUrl(name: string): boolean {
  return /^https?:/iu.test(name)
}

/**
 * Whether kustomize 4 or kustomize 5 would clone `name`, if it may be a folder. Both rules apply regardless of the pin,
 * so that a folder for one version is not a remote repository for another.
 */
export function isGitRemote(name: string): boolean {
  return isGitRemoteOf4(name) || isGitRemoteOf5(name)
}

/** The prefixes that kustomize 4 strips, in this order, each at most once. */
const PREFIXES_OF_4 = [
  'git::',
  'gh:',
  'ssh://',
  'https://',
  'http://',
  'git@',
  'github.com:',
  'github.com/',
] as const

/** The rule of kustomize 4: `_git/` anywhere, or a known prefix and then `.git` or two path parts. */
export function isGitRemoteOf4(name: string): boolean {
  if (isAbsolute(name)) return false
  const azure = name.indexOf('_git/')
  if (azure >= 0) return (name.slice(azure + '_git/'.length).split(/[/?]/u)[0] ?? '') !== ''
  let rest = name
  let host = ''
  for (const prefix of PREFIXES_OF_4) {
    if (rest.length > prefix.length && rest.toLowerCase().startsWith(prefix)) {
      rest = rest.slice(prefix.length)
      host += prefix
    }
  }
  if (host === '' || host === 'git::') return false
  if (host === 'git@' || /(?:ssh|https?):\/\/$/u.test(host)) rest = withoutHost(rest, host === 'git@')
  const suffix = rest.indexOf('.git')
  return suffix >= 0 ? suffix > 0 : rest.indexOf('/') >= 1
}

function withoutHost(rest: string, scpStyle: boolean): string {
  const slash = rest.indexOf('/')
  if (slash >= 0) return rest.slice(slash + 1)
  const colon = scpStyle ? rest.indexOf(':') : -1
  return colon >= 0 ? rest.slice(colon + 1) : rest
}

/** The rule of kustomize 5: a scheme, `user@` or github.com, then a repository path that the rest does not leave. */
export function isGitRemoteOf5(name: string): boolean {
  if (isAbsolute(name)) return false
  const [beforeQuery = ''] = name.split('?', 1)
  let rest = beforeQuery.replace(/^git::/iu, '')
  const scheme = /^(?:ssh|https?|file):\/\//iu.exec(rest)?.[0].toLowerCase() ?? ''
  rest = rest.slice(scheme.length)
  if (scheme === 'file://') return hasRepositoryPath(rest, 1)
  const user = /^[a-zA-Z][a-zA-Z0-9-]*@/u.exec(rest)?.[0] ?? ''
  rest = rest.slice(user.length)
  const isGithub = /^github\.com[/:]/iu.test(rest)
  const scpStyle = scheme === '' && (user !== '' || isGithub)
  if (scheme === '' && !scpStyle) return false
  const end = hostEnd(rest, scpStyle)
  if (end < 0 || (end === 0 && rest === '')) return false
  return hasRepositoryPath(rest.slice(end + 1), 2)
}

function hostEnd(rest: string, scpStyle: boolean): number {
  const slash = rest.indexOf('/')
  const colon = scpStyle ? rest.indexOf(':') : -1
  return slash === -1 || (colon > 0 && colon < slash) ? Math.max(colon, scpStyle ? -1 : slash) : slash
}

function hasRepositoryPath(path: string, fewestParts: number): boolean {
  const [repository, inside] = splitRepository(path, fewestParts)
  if (repository === '') return false
  return normalize(inside.replace(/^\//u, '')).split('/')[0] !== '..'
}

/** The repository and the path inside it, at `_git/x`, `//`, `.git`, or after so many parts. */
export function splitRepository(path: string, fewestParts: number): readonly [string, string] {
  const azure = path.indexOf('_git/')
  if (azure >= 0) {
    const [repository = '', ...inside] = path.slice(azure + '_git/'.length).split('/')
    return [path.slice(0, azure + '_git/'.length) + repository, inside.join('/')]
  }
  const double = path.indexOf('//')
  if (double >= 0) return [path.slice(0, double), path.slice(double + 2)]
  const suffix = path.indexOf('.git')
  if (suffix >= 0) return [path.slice(0, suffix + '.git'.length), path.slice(suffix + '.git'.length)]
  if (fewestParts === 1) return [path, '']
  const parts = path.split('/')
  return parts.length < fewestParts
    ? ['', '']
    : [parts.slice(0, fewestParts).join('/'), parts.slice(fewestParts).join('/')]
}

/** Why a remote is too dangerous even with network access; undefined when it is not. */
export function remoteDanger(name: string): string | undefined {
  if (/^(?:git::)?file:/iu.test(name)) return 'it clones a repository on this machine, outside the boundary'
  if (!/^(?:[a-z+]+:|[\w.-]+@|github\.com|git::)/iu.test(name))
    return 'its repository is a path on this machine'
  const query = name.slice(name.indexOf('?') + 1)
  if (!name.includes('?')) return undefined
  const parameters = new URLSearchParams(query)
  const references = [...parameters.getAll('ref'), ...parameters.getAll('version')]
  return references.some((reference) => reference.startsWith('-'))
    ? 'git reads its ref as an option, which can run a program'
    : undefined
}
