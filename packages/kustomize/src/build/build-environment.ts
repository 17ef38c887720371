import { availableParallelism } from 'node:os'

/** Names that decide where programs are found and how the network is reached; let through with `network` only. */
const NETWORK_NAMES = [
  'PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'SSH_AUTH_SOCK',
] as const

/** git may neither ask, nor read a configuration (which can run programs), nor reach a repository of this machine. */
const CAREFUL_GIT: Readonly<Record<string, string>> = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
  GIT_ASKPASS: 'true',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes',
  GIT_ALLOW_PROTOCOL: 'https:ssh',
}

/** A port that nothing listens on: a request through this proxy fails at once. */
const DEAD_PROXY = 'http://127.0.0.1:9'

/** The whole environment of a build. */
export function buildEnvironment(
  emptyFolder: string,
  {
    network = false,
    jobs = 1,
    size = Infinity,
    env = process.env,
  }: {
    readonly network?: boolean | undefined
    readonly jobs?: number | undefined
    /** Bytes of all that the build reads. */
    readonly size?: number | undefined
    readonly env?: Readonly<Record<string, string | undefined>> | undefined
  },
): Record<string, string> {
  const environment: Record<string, string> = {
    ...collecting(jobs >= availableParallelism() && jobs > 1, size),
    TMPDIR: emptyFolder,
    ...windowsNames(env),
  }
  if (!network) {
    return {
      ...environment,
      PATH: emptyFolder,
      HTTP_PROXY: DEAD_PROXY,
      HTTPS_PROXY: DEAD_PROXY,
      NO_PROXY: '',
    }
  }
  for (const name of NETWORK_NAMES) {
    const value = env[name]
    if (value !== undefined) environment[name] = value
  }
  return { ...environment, ...CAREFUL_GIT, HOME: emptyFolder }
}

/** Bytes of input of which a build that collects seldom stays below 300 MB; KubeVirt's control plane, with 1 MB, takes 220. */
const SMALL = 1.5 * 1024 * 1024

/** How often a build looks for memory that it can use again, and where. */
function collecting(isBusy: boolean, size: number): Record<string, string> {
  // A build is short and its memory small: collecting four times less often than usual takes a quarter off its time.
  if (!isBusy) return { GOGC: '400' }
  // Alone it uses a second processor for collecting only; beside others that is a loss, and collecting costs what building would use.
  return { GOGC: size <= SMALL ? '1600' : '400', GOMAXPROCS: '1' }
}

/** Windows programs do not start their sockets without these. */
function windowsNames(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const root = env['SystemRoot']
  return process.platform === 'win32' && root !== undefined ? { SystemRoot: root } : {}
}
