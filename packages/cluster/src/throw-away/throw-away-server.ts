import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

import { makeTemporaryFolder, runProcess, throwIfAborted } from '@overlay-render/system'

import { ClusterFault } from '../cluster-fault.ts'
import { apiServerArguments, etcdArguments, type Layout } from './arguments.ts'
import { threeFreePorts } from './free-ports.ts'
import { writeIdentity, writeKubeconfig } from './identity.ts'
import { isReady } from './readiness.ts'

/** The programs of a throw-away API server, and when to give up. */
export interface ServerPrograms {
  /** A `kube-apiserver`, as an absolute path. */
  readonly kubeApiServer: string
  /** The `etcd` that stores its objects, as an absolute path. */
  readonly etcd: string
  readonly signal?: AbortSignal | undefined
  /** Milliseconds until the server must be ready; two minutes when absent. */
  readonly timeout?: number | undefined
}

/** An empty API server on 127.0.0.1, without nodes, controllers and webhooks. */
export interface ThrowAwayServer {
  /** A kubeconfig, mode 0600, whose only context is `throw-away`. */
  readonly kubeconfig: string
  /** Stops both programs and removes everything they wrote. */
  dispose(): Promise<void>
}

const DEFAULT_TIMEOUT = 120_000
const INTERVAL = 100
/** No test and no presubmit runs longer; then the programs are killed. */
const MAX_LIFETIME = 6 * 60 * 60 * 1000

/**
 * Starts etcd and kube-apiserver on free ports of 127.0.0.1, in a temporary folder, and waits until they answer.
 * Both end with `dispose`, with `signal`, and with a signal handler that calls `killRunningProcesses`.
 *
 * @throws ClusterFault `server-not-ready`, with what the programs printed last, and SystemFault `not-started`
 */
export async function startThrowAwayServer(programs: ServerPrograms): Promise<ThrowAwayServer> {
  const { kubeApiServer, etcd, signal, timeout = DEFAULT_TIMEOUT } = programs
  const folder = await makeTemporaryFolder('api-server')
  const stop = new AbortController()
  const running: Promise<never>[] = []
  const dispose = async (): Promise<void> => {
    stop.abort()
    await Promise.allSettled(running)
    await folder.dispose()
  }
  try {
    const [client, peer, secure] = await threeFreePorts()
    const layout = { folder: folder.path, client, peer, secure }
    const token = randomBytes(16).toString('hex')
    await writeIdentity(folder.path, token)
    running.push(serve('etcd', etcd, etcdArguments(layout), stop.signal))
    running.push(serve('kube-apiserver', kubeApiServer, apiServerArguments(layout), stop.signal))
    // When a program ends after the start, the requests that then fail report it.
    for (const program of running) program.catch(() => undefined)
    await Promise.race([...running, untilReady(layout, token, timeout, signal)])
    return { kubeconfig: await writeKubeconfig(layout, token), dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Runs a program that must not end before it is stopped. */
async function serve(
  name: string,
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<never> {
  // etcd requires this on platforms with less testing.
  const env = { ETCD_UNSUPPORTED_ARCH: process.arch }
  const { exitCode, stderr } = await runProcess(file, args, { env, signal, timeout: MAX_LIFETIME })
  throw new ClusterFault({
    code: 'server-not-ready',
    message: `${name} ended with status ${exitCode ?? 'unknown'} before it was stopped`,
    details: stderr.trimEnd().split('\n').slice(-5),
    hint: 'install other versions of the two: setup-envtest use -p env',
    blame: 'program',
  })
}

async function untilReady(
  layout: Layout,
  token: string,
  timeout: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = performance.now() + timeout
  while (!(await isReady(layout, token))) {
    throwIfAborted(signal)
    if (performance.now() > deadline) {
      throw new ClusterFault({
        code: 'server-not-ready',
        message: `the throw-away API server did not answer within ${Math.round(timeout / 1000)} seconds`,
        hint: 'run it on a machine with less load, or name the kubeconfig of a server that runs already',
        blame: 'program',
      })
    }
    await wait(INTERVAL)
  }
}
