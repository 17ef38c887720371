import { findProgram, nearestNames, type ProcessResult, runProcess } from '@overlay-render/system'

import { ClusterFault } from './cluster-fault.ts'
import { firstLine, withoutSecrets } from './kubectl-words.ts'

export interface KubectlOptions {
  /** The context of the kubeconfig: always named, so that no cluster is taken by accident. */
  readonly context: string
  /** A kubeconfig; the user's own when absent. */
  readonly kubeconfig?: string | undefined
  /** The kubectl to run; the first on PATH when absent. */
  readonly kubectl?: string | undefined
  /** What kubectl and its sign-in plugins see; the process's own environment when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
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

/** The user's own kubectl, on one context: every way of signing in that it knows works. */
export class Kubectl {
  readonly context: string
  readonly #file: string
  readonly #options: KubectlOptions

  /** @internal */
  constructor(file: string, options: KubectlOptions) {
    this.context = options.context
    this.#file = file
    this.#options = options
  }

  /** The arguments that name the cluster, as a person would type them. */
  get place(): string[] {
    const { kubeconfig } = this.#options
    return [...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]), '--context', this.context]
  }

  /**
   * Runs kubectl and returns what it printed, also when it failed for some of what it was asked for.
   *
   * @throws ClusterFault `context-unknown` or `cluster-unreachable`, and SystemFault `timed-out` or `aborted`
   */
  async run(
    args: readonly string[],
    { input, timeout = PATIENCE }: KubectlCall = {},
  ): Promise<KubectlAnswer> {
    const { signal } = this.#options
    const result = await runProcess(this.#file, [...this.place, ...args], {
      env: definedOnly(this.#options.environment ?? process.env),
      timeout,
      signal,
      ...(input === undefined ? {} : { input }),
    })
    const answer = toAnswer(result)
    if (!answer.ok) await this.#throwIfLost(answer.stderr)
    return answer
  }

  /** Throws where nothing that is asked of the cluster can work. */
  async #throwIfLost(stderr: string): Promise<void> {
    if (/context .* does not exist|no context exists|context was not found/u.test(stderr)) {
      const near = nearestNames(this.context, await this.#contexts())
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
      message: `the cluster of context ${this.context} cannot be asked: ${firstLine(stderr)}`,
      hint: `check it with kubectl --context ${this.context} version`,
      blame: 'program',
    })
  }

  async #contexts(): Promise<string[]> {
    const { kubeconfig, environment, signal } = this.#options
    const args = [
      ...(kubeconfig === undefined ? [] : ['--kubeconfig', kubeconfig]),
      'config',
      'get-contexts',
      '-o',
      'name',
    ]
    const env = definedOnly(environment ?? process.env)
    const result = await runProcess(this.#file, args, { env, timeout: PATIENCE, signal })
    return toAnswer(result)
      .stdout.split('\n')
      .filter((name) => name !== '')
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
 * @throws ClusterFault `program-missing`
 */
export async function openKubectl(options: KubectlOptions): Promise<Kubectl> {
  const [file] =
    options.kubectl === undefined
      ? await findProgram('kubectl', options.environment ?? process.env)
      : [options.kubectl]
  if (file === undefined) {
    throw new ClusterFault({
      code: 'program-missing',
      message: 'kubectl is not on PATH',
      hint: 'a cluster is asked through the kubectl that you have; install it first',
    })
  }
  return new Kubectl(file, options)
}

function toAnswer({ exitCode, stdout, stderr }: ProcessResult): KubectlAnswer {
  return { ok: exitCode === 0, stdout: Buffer.from(stdout).toString('utf8'), stderr: withoutSecrets(stderr) }
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
