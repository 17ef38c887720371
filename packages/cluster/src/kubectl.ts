import { devNull } from 'node:os'

import { nearestNames, type ProcessResult, runProcess, SystemFault } from '@overlay-render/system'

import { ClusterFault } from './cluster-fault.ts'
import { findKubectl, safeEnvironment } from './find-kubectl.ts'
import { firstLine, withoutSecrets } from './kubectl-words.ts'

/** Which kubectl to run, and on which cluster. */
export interface KubectlOptions {
  /** The context of the kubeconfig, or `IN_CLUSTER`. It is always named: the current context is never used by accident. */
  readonly context: string
  /** The path of a kubeconfig; the user's own when absent. */
  readonly kubeconfig?: string | undefined
  /** The path of kubectl; the first on PATH when absent. */
  readonly kubectl?: string | undefined
  /** The environment of kubectl and its credential plugins; that of this process when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** Folders with files of others, such as the tree: neither kubectl nor a credential plugin is run from there. */
  readonly guarded?: readonly string[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** The input and the time limit of one run. */
export interface KubectlCall {
  /** What kubectl reads on its standard input. */
  readonly input?: string | undefined
  /** Milliseconds; two minutes when absent. */
  readonly timeout?: number | undefined
}

/** What kubectl printed. Credentials in stderr are masked, but it may quote the object that it is about. */
export interface KubectlAnswer {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
}

const DEFAULT_TIMEOUT = 120_000

/** The context name for the cluster that this process runs in a pod of; the credentials are those of the pod's service account. */
export const IN_CLUSTER = 'in-cluster'

/** The user's own kubectl, on one context: every way of authentication that kubectl supports works. */
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

  /** The flags for the cluster. `--context=NAME` is one argument, so that a name that begins with a dash is no flag. */
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

  /** In the cluster, an empty kubeconfig makes kubectl use the service account; the current context of a real one would take precedence. */
  get #env(): Readonly<Record<string, string>> {
    return this.#isInCluster ? { ...this.#environment, KUBECONFIG: devNull } : this.#environment
  }

  /**
   * Runs kubectl and returns what it printed, also when it failed for some of the objects.
   *
   * @throws ClusterFault `context-unknown` or `cluster-unreachable`, and SystemFault `timed-out` or `aborted`
   */
  async run(args: readonly string[], { input, timeout }: KubectlCall = {}): Promise<KubectlAnswer> {
    const answer = await this.#call([...this.#place, ...args], { input, timeout })
    if (!answer.ok) await this.#throwIfLost(answer.stderr)
    return answer
  }

  /** Throws when the error means that no request to the cluster can succeed. */
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

  async #call(
    args: readonly string[],
    { input, timeout = DEFAULT_TIMEOUT }: KubectlCall,
  ): Promise<KubectlAnswer> {
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

/** What kubectl prints when no request to the cluster can succeed. */
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
 * Finds kubectl, and binds it to one context.
 *
 * @throws ClusterFault `program-missing`, `kubeconfig-relative`, or `context-unknown` for an empty name
 */
export async function openKubectl(options: KubectlOptions): Promise<Kubectl> {
  // kubectl would read an empty name as the current context.
  if (options.context === '')
    throw new ClusterFault({
      code: 'context-unknown',
      message: 'the name of the context is empty',
      hint: 'name one of those that kubectl config get-contexts lists',
    })
  const environment = safeEnvironment(options.environment ?? process.env, options.guarded ?? [])
  return new Kubectl(options.kubectl ?? (await findKubectl(environment)), environment, options)
}

function toAnswer({ exitCode, stdout, stderr }: ProcessResult): KubectlAnswer {
  return { ok: exitCode === 0, stdout: Buffer.from(stdout).toString('utf8'), stderr: withoutSecrets(stderr) }
}
