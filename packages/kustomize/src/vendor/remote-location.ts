import { posix } from 'node:path'

import { splitRepository } from '../graph/remote-name.ts'
import { CREDENTIALS, SECRET_PARAMETERS } from '../graph/hide-credentials.ts'

/** A git remote, parsed like in kustomize 5. */
export interface GitLocation {
  readonly repository: URL
  /** The folder of the kustomization in the repository; '' for its top. */
  readonly folder: string
  /** A branch, a tag or a commit; `HEAD` when the remote has none. */
  readonly ref: string
}

/** The key of a remote: the reference as written, without a user and password. */
export function remoteKey(written: string): string {
  return written.replace(CREDENTIALS, '$1')
}

/** Whether a URL contains a user, a password or a token. */
export function holdsCredentials(written: string): boolean {
  return written.search(CREDENTIALS) >= 0 || written.search(SECRET_PARAMETERS) >= 0
}

/** Parses a git remote over https; undefined for other remotes. */
export function parseGitRemote(written: string): GitLocation | undefined {
  const [name = '', query = ''] = written.replace(/^git::/iu, '').split(/\?(.*)/su)
  const rest =
    /^https:\/\/(.+)$/iu.exec(name)?.[1] ??
    (/^github\.com[/:]/iu.test(name) ? name.replace(':', '/') : undefined)
  if (rest === undefined) return undefined
  const slash = rest.indexOf('/')
  if (slash < 0) return undefined
  const [repository, inside] = splitRepository(rest.slice(slash + 1), 2)
  const folder = posix.normalize(`./${inside.replace(/^\/+/u, '')}`).replace(/^\.?\/?|\/$/gu, '')
  if (repository === '' || folder.split('/').includes('..')) return undefined
  const parameters = new URLSearchParams(query)
  const ref = parameters.get('ref') ?? parameters.get('version') ?? 'HEAD'
  try {
    return {
      repository: new URL(`https://${rest.slice(0, slash)}/${repository}`),
      folder,
      ref: ref === '' ? 'HEAD' : ref,
    }
  } catch {
    return undefined
  }
}

/** Converts a text to a file name that is valid on every system. */
function plain(name: string): string {
  const made = name.replace(/[^\w.+-]/gu, '_')
  return /^\.{0,2}$/u.test(made) ? '_' : made
}

function plainPath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '')
    .map(plain)
    .join('/')
}

const SHORT = 12

/** The file of a vendored URL, below the folder of vendored copies. @param sha256 of its content */
export function vendoredFilePath(url: string, sha256: string): string {
  const { host, pathname } = new URL(url)
  const { dir, name, ext } = posix.parse(plainPath(pathname) || 'index')
  return posix.join(plain(host), dir, `${name}@${sha256.slice(0, SHORT)}${ext}`)
}

/** The folder of a vendored repository, below the folder of vendored copies; paths in it are those of the repository. */
export function vendoredRepositoryPath({ repository, folder }: GitLocation, commit: string): string {
  const { host, pathname } = repository
  const inside = folder === '' ? '' : `,${folder.split('/').map(plain).join(',')}`
  return posix.join(
    plain(host),
    `${plainPath(pathname).replace(/\.git$/u, '')}@${commit.slice(0, SHORT)}${inside}`,
  )
}
