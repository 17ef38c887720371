import { devNull } from 'node:os'

import { nearestNames, type ProcessResult, runProcess, SystemFault } from '@overlay-render/system'

import { ClusterFault } from './cluster-fault.ts'
import { findKubectl, safeEnvironment } from './find-kubectl.ts'
import { firstLine, withoutSecrets } from './kubectl-words.ts'

export interface KubectlOptions {
  /** The context of the kubeconfig, or `IN_CLUSTER`: always named, so that no cluster is taken by accident. */
  readonly context: string
  /** A kubeconfig; the user's own when absent. */
  readonly kubeconfig?: string | undefined
  /** The kubectl to run; the first on PATH when absent. */
  readonly kubectl?: string | undefined
  /** What kubectl and its sign-in plugins see; the process's own environment when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Folders that a stranger may have written: neither kubectl nor a sign-in plugin is run from there. */
  readonly guarded?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface KubectlCall {
  readonly input?: string | undefined
  /** Milliseconds; two minutes when absent. */
  readonly timeout?: number | undefined
}

/** What kubectl printed. Its stderr is free of tokens, but may quote the object that it speaks of. */
export interface KubectlAnswer {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

const PATIENCE = 120_000

/** The context of the cluster that this process runs in a pod of, signed in by the account of the pod. */
export const IN_CLUSTER = 'in-cluster'

/** The user's own kubectl, on one context: every way of signing in that it knows works. */
export class Kubectl {
  readonly context: string
  readonly #file: string
  readonly #environment: Readonly<Record<string, string>>
  readonly #options: KubectlOptions

  /** @internal */
  constructor(file: string, environment: Readonly<Record<string, string>>, options: KubectlOptions) {
    this.context = options.context
    this.#file = file
    this.#environment = environment
    this.#options = options
  }

  /** A name in one word with its flag is no flag, whatever it is. */
  get #place(): string[] {
    if (this.#isInCluster) return []
    return [...this.#kubeconfig, `--context=${this.context}`]
  }

  get #kubeconfig(): string[] {
    const { kubeconfig } = this.#options
    return kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]
  }

  get #isInCluster(): boolean {
    return this.context === IN_CLUSTER && this.#environment['KUBERNETES_SERVICE_HOST'] !== undefined
  }

  /** Where a kubeconfig is empty, kubectl takes the account of the pod; the current context of a real one would win. */
  get #env(): Readonly<Record<string, string>> {
    return this.#isInCluster ? { ...this.#environment, KUBECONFIG: devNull } : this.#environment
  }

  /**
   * Runs kubectl and returns what it printed, also when it failed for some of what it was asked for.
   *
   * @throws ClusterFault `context-unknown` or `cluster-unreachable`, and SystemFault `timed-out` or `aborted`
   */
  async run(args: readonly string[], { input, timeout }: KubectlCall = {}): Promise<KubectlAnswer> {
    const answer = await this.#call([...this.#place, ...args], { input, timeout })
    if (!answer.ok) await this.#throwIfLost(answer.stderr)
    return answer
  }

  /** Throws where nothing that is asked of the cluster can work. */
  async #throwIfLost(stderr: string): Promise<void> {
    if (/context .* does not exist|no context exists|context was not found/u.test(stderr)) {
      const near = nearestNames(this.context, await this.contexts())
      throw new ClusterFault({
        code: 'context-unknown',
        message: `kubectl knows no context ${this.context}`,
        hint:
          near.length === 0 ? 'kubectl config get-contexts lists them' : `did you mean ${near.join(' or ')}?`,
      })
    }
    const lost = LOST.find((words) => words.test(stderr))
    if (lost === undefined) return
    throw new ClusterFault({
      code: 'cluster-unreachable',
      message: `the cluster of context ${this.context} cannot be reached: ${firstLine(stderr)}`,
      hint: `check it with kubectl --context ${this.context} version`,
      blame: 'program',
    })
  }

  /** The names of the contexts of the kubeconfig. */
  async contexts(): Promise<string[]> {
    const { stdout } = await this.#call([...this.#kubeconfig, 'config', 'get-contexts', '-o', 'name'], {})
    return stdout.split('\n').filter((name) => name !== '')
  }

  async #call(args: readonly string[], { input, timeout = PATIENCE }: KubectlCall): Promise<KubectlAnswer> {
    const { signal } = this.#options
    const given = input === undefined ? {} : { input }
    try {
      return toAnswer(await runProcess(this.#file, args, { env: this.#env, timeout, signal, ...given }))
    } catch (error) {
      if (!(error instanceof SystemFault) || error.code !== 'timed-out') throw error
      throw new ClusterFault({
        code: 'cluster-unreachable',
        message: `the cluster of context ${this.context} did not answer kubectl ${args.find((word) => !word.startsWith('-')) ?? ''} within ${Math.round(timeout / 1000)} seconds`,
        hint: `check it with kubectl --context ${this.context} version`,
        blame: 'program',
        cause: error,
      })
    }
  }
}

/** What kubectl says when no object at all can be asked for. */
const LOST: readonly RegExp[] = [
  /Unable to connect to the server/u,
  /connection to the server .* was refused/u,
  /You must be logged in to the server/u,
  /getting credentials: /u,
  /couldn't get current server API group list/u,
  /no configuration has been provided/u,
  /error loading config file/u,
  /i\/o timeout/u,
]

/**
 * The kubectl to use for a context.
 *
 * @throws ClusterFault `program-missing`, `kubeconfig-relative`, or `context-unknown` for an empty name
 */
export async function openKubectl(options: KubectlOptions): Promise<Kubectl> {
  // kubectl takes an empty name for the current context.
  if (options.context === '')
    throw new ClusterFault({ code: 'context-unknown', message: 'no context is named' })
  const environment = safeEnvironment(options.environment ?? process.env, options.guarded ?? [])
  return new Kubectl(options.kubectl ?? (await findKubectl(environment)), environment, options)
}

function toAnswer({ exitCode, stdout, stderr }: ProcessResult): KubectlAnswer {
  return { ok: exitCode === 0, stdout: Buffer.from(stdout).toString('utf8'), stderr: withoutSecrets(stderr) }
}
