import { readdirSync, statSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'

import { type FetchOptions, fetchRemote } from '../http/fetch-remote.ts'
import { runProcess } from '../run-process.ts'
import { SystemFault } from '../system-fault.ts'
import { baseEnvironment, findGit } from './open-repository.ts'
import { passiveSettings } from './program-settings.ts'

export interface FetchCommitOptions extends FetchOptions {
  /** An empty folder, in which the repository is created. */
  readonly folder: string
}

/** A ref that git cannot take for an option, a refspec or a glob. */
const PLAIN_REF = /^(?!-)(?!.*(?:\.\.|@\{|\/\/))[\w./+@-]+$/u

const PACKS = '.git/objects/pack'

const FETCH_FLAGS = [
  '--quiet',
  '--depth=1',
  '--no-tags',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
  '--no-write-commit-graph',
] as const

/** Milliseconds between two measurements of the fetched size. */
const POLL_INTERVAL = 250

/**
 * Fetches one commit over https, without history, tags or submodules, and checks nothing out. git ignores the settings of the user, the
 * system and the repository, and runs no program that a setting names. Redirects are resolved before git starts, by the same rules as
 * `fetchRemote`; git itself follows none.
 *
 * @param ref a branch, a tag or a full hash; `HEAD` for the default branch
 * @returns the full hash of the commit
 * @throws SystemFault `remote-refused`, `remote-failed`, `git-missing` or `aborted`
 */
export async function fetchCommit(
  repository: URL,
  ref: string,
  options: FetchCommitOptions,
): Promise<string> {
  if (!PLAIN_REF.test(ref)) throw refused(repository, 'the ref is not a valid branch, tag or commit name')
  const { folder, signal, timeout, maxBytes } = options
  const { url, pinned } = await resolveRedirects(repository, options)
  const program = await findGit()
  const env = fetchEnvironment(pinned, options)
  const run = async (args: readonly string[], stop = signal): ReturnType<typeof runProcess> =>
    runProcess(program, ['--no-pager', ...args], { cwd: folder, env, timeout, signal: stop })
  const made = await run(['init', '--quiet', '.'])
  if (made.exitCode !== 0) throw failed(repository, 'git cannot create a local repository', made.stderr)
  const grown = watchSize(folder, maxBytes, signal)
  try {
    const fetched = await run(['fetch', ...FETCH_FLAGS, '--', url, ref], grown.signal)
    if (fetched.exitCode !== 0) throw failed(repository, reasonOf(fetched.stderr, ref), fetched.stderr)
  } catch (error) {
    throw grown.isTooLarge() ? failed(repository, `it is larger than ${maxBytes} bytes`) : error
  } finally {
    grown.stop()
  }
  // The last measurement may have been taken before the fetch ended.
  if (sizeOf(join(folder, PACKS)) > maxBytes) throw failed(repository, `it is larger than ${maxBytes} bytes`)
  const sizes = await run(['cat-file', '--batch-all-objects', '--batch-check=%(objectsize)'])
  if (
    Buffer.from(sizes.stdout)
      .toString()
      .split('\n')
      .some((size) => Number(size) > maxBytes)
  )
    throw failed(repository, `one of its files is larger than ${maxBytes} bytes`)
  const named = await run(['rev-parse', '--verify', '--end-of-options', 'FETCH_HEAD^{commit}'])
  const commit = Buffer.from(named.stdout).toString().trim()
  if (named.exitCode === 0 && /^[0-9a-f]{40,64}$/u.test(commit)) return commit
  throw failed(repository, `${ref} is not a commit`, named.stderr)
}

/** The URL of a repository after redirects, and the address of its server in the form of curl's `--resolve`. */
async function resolveRedirects(
  repository: URL,
  options: FetchCommitOptions,
): Promise<{ readonly url: string; readonly pinned: string }> {
  const asked = new URL(`${repository.href.replace(/\/$/u, '')}/info/refs?service=git-upload-pack`)
  const answer = await fetchRemote(asked, options)
  if (answer.status !== 200) throw failed(repository, `the server answered ${answer.status}`)
  const url = answer.url.href.replace(/\/info\/refs\?service=git-upload-pack$/u, '')
  if (!url.startsWith('https://') || url === answer.url.href)
    throw refused(repository, 'it redirects to a URL that is not a repository')
  const { hostname, port } = answer.url
  return { url, pinned: `${hostname}:${port === '' ? '443' : port}:${answer.address.address}` }
}

function reasonOf(stderr: string, ref: string): string {
  if (stderr.includes("couldn't find remote ref")) return `git finds no ${ref} there`
  return /certificate/iu.test(stderr)
    ? 'git does not trust the certificate of its server: name the file of its authority in GIT_SSL_CAINFO'
    : 'git fetch failed'
}

/** Which authorities this machine trusts: they decide no more than with whom git talks. */
function trustedAuthorities({ loopback }: FetchOptions): Record<string, string> {
  if (loopback !== undefined) return { GIT_SSL_CAINFO: loopback.certificateFile }
  const named = ['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH'].map((name) => [name, process.env[name] ?? ''] as const)
  return Object.fromEntries(named.filter(([, value]) => value !== ''))
}

function fetchEnvironment(pinned: string, options: FetchOptions): Record<string, string> {
  const { GIT_CONFIG_COUNT = '0', ...passive } = passiveSettings([])
  const count = Number(GIT_CONFIG_COUNT)
  const extra = [
    ['http.followredirects', 'false'],
    ['http.curloptresolve', pinned],
    ['http.proxy', ''],
    ['fetch.recursesubmodules', 'false'],
    // Without this, git unpacks small fetches into loose objects, outside of the pack folder that is measured.
    ['fetch.unpacklimit', '1'],
    ['transfer.fsckobjects', 'true'],
    ['protocol.version', '2'],
  ] as const
  const environment: Record<string, string> = {
    ...baseEnvironment(),
    ...passive,
    GIT_CONFIG_COUNT: String(count + extra.length),
    GIT_ALLOW_PROTOCOL: 'https',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_ASKPASS: '',
    ...trustedAuthorities(options),
  }
  for (const [index, [name, value]] of extra.entries()) {
    environment[`GIT_CONFIG_KEY_${count + index}`] = name
    environment[`GIT_CONFIG_VALUE_${count + index}`] = value
  }
  return environment
}

/** Aborts a fetch that writes more than `maxBytes`. */
function watchSize(
  folder: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): { signal: AbortSignal; stop: () => void; isTooLarge: () => boolean } {
  const controller = new AbortController()
  const timer = setInterval(() => {
    if (sizeOf(join(folder, PACKS)) > maxBytes) controller.abort()
  }, POLL_INTERVAL)
  return {
    signal: signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]),
    stop: () => clearInterval(timer),
    isTooLarge: () => controller.signal.aborted,
  }
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder).reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  } catch {
    // The folder does not exist yet.
    return 0
  }
}

function refused({ origin, pathname }: URL, why: string): SystemFault {
  return new SystemFault({ code: 'remote-refused', message: `${origin}${pathname} was not fetched: ${why}` })
}

function failed({ origin, pathname }: URL, reason: string, said?: string): SystemFault {
  const message = `${origin}${pathname} cannot be fetched: ${reason}`
  return new SystemFault({ code: 'remote-failed', message, verbose: said, blame: 'program' })
}
