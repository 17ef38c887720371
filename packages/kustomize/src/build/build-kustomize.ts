import {
  defaultMemoryLimit,
  diskView,
  makeTemporaryFolder,
  type ProcessResult,
  runProcess,
  type RunOptions,
  SystemFault,
  type TreeView,
} from '@overlay-render/system'

import { emptyGraph, type InputGraph } from '../graph/input-graph.ts'
import { type KustomizeCode, KustomizeFault } from '../kustomize-fault.ts'
import type { Kustomize } from '../provide/provider.ts'
import { laySchema } from '../schema/lay-schema.ts'
import { buildArguments } from './build-arguments.ts'
import { buildEnvironment } from './build-environment.ts'
import { explainFailure } from './explain-failure.ts'
import { type Command, wasNotIsolated, withoutNetwork } from './isolate-network.ts'
import { makePathMapper } from './map-paths.ts'
import { hideSecrets } from './redact.ts'
import { timeLimit } from './time-limit.ts'

export interface BuildOptions {
  readonly kustomize: Kustomize
  /** The real, absolute folder to build. */
  readonly root: string
  /** The real, absolute folder that everything was staged in, which is private and may be written to; `root` when absent. */
  readonly stage?: string | undefined
  /** How the user knows a path of the stage; as it is when absent. */
  readonly shown?: ((stagedPath: string) => string) | undefined
  /** What the build reads, to say where a fault lies. */
  readonly graph?: InputGraph | undefined
  /** Where the files of `graph` are read, should a fault have to be looked up; the disk when absent. */
  readonly view?: TreeView | undefined
  /** What `prepareSchema` made. Used with a `stage` and a `graph`; what comes out is the same, sooner. */
  readonly schema?: string | undefined
  /** Values that no message may show, besides those of the Secrets in `graph`. */
  readonly secrets?: readonly string[] | undefined
  /** Milliseconds; when absent half an hour, and more where the graph names more than a thousand objects. */
  readonly timeout?: number | undefined
  /** Bytes of memory for the build; half of the machine's when absent. */
  readonly memory?: number | undefined
  /** How many builds run at once: with as many as there are processors, each keeps to one. */
  readonly jobs?: number | undefined
  /** What is run for helm, such as what `layStandIn` lays; charts are refused without. */
  readonly helm?: string | undefined
  /** Lets git and the proxies of `env` through, for kustomizations that name remotes. */
  readonly network?: boolean | undefined
  /** The user's environment, read only with `network`; the process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly signal?: AbortSignal | undefined
  /** Told once kustomize runs, for work that can be done while it does. */
  readonly onStarted?: (() => void) | undefined
}

export interface BuildResult {
  /** The bytes that kustomize printed. */
  readonly manifests: Uint8Array
  /** What kustomize warned of, such as deprecated fields, one sentence each. */
  readonly warnings: readonly string[]
  /** Wall time in milliseconds. */
  readonly duration: number
}

/**
 * Builds one root with nothing of the user's environment: no PATH, no home, no network, no plugins, files only from
 * below the kustomization that names them. Whatever kustomize says in failing becomes one sentence.
 *
 * @throws KustomizeFault `build-failed` and its relatives, `build-crashed`, and `build-timed-out` or `build-too-large` for its bounds
 * @throws SystemFault `aborted`, `not-started`
 */
export async function buildKustomize(options: BuildOptions): Promise<BuildResult> {
  const {
    kustomize,
    root,
    stage = root,
    network = false,
    memory = defaultMemoryLimit(),
    signal,
    shown = (path) => path,
  } = options
  const inputs = { graph: options.graph ?? emptyGraph(root), view: options.view ?? diskView }
  const size = sizeOf(inputs)
  const timeout = options.timeout ?? timeLimit(inputs.graph, inputs.view)
  const mapPaths = makePathMapper(stage, shown)
  // The current folder and the only folder on PATH: empty, and nobody else's.
  const empty = await makeTemporaryFolder('build')
  try {
    const run = (): Promise<ProcessResult> => {
      const args = buildArguments(kustomize, root, options.helm)
      const env = buildEnvironment(empty.path, { ...options, size })
      return runIsolated({ file: kustomize.path, args }, network, {
        cwd: empty.path,
        env,
        timeout,
        memory,
        signal,
        onStarted: options.onStarted,
      })
    }
    const result = (await runWithSchema(run, options)) ?? (await run())
    const { exitCode, signal: killedBy, stdout, stderr, duration } = result
    const said = hideSecrets(mapPaths(stderr), options.secrets ?? [], inputs)
    if (exitCode === 0) return { manifests: stdout, warnings: warningsOf(said), duration }
    throw explainFailure({
      said,
      exitCode,
      killedBy,
      version: kustomize.version,
      overlay: shown(root),
      inputs,
    })
  } catch (error) {
    throw boundFault(error, shown(root), { timeout, memory }) ?? error
  } finally {
    await empty.dispose()
  }
}

/**
 * A build with the schema laid, if that can be done and works. What fails is built again without, so that what is said is about
 * the user's files alone.
 */
async function runWithSchema(
  run: () => Promise<ProcessResult>,
  { schema, stage, root, graph, view = diskView }: BuildOptions,
): Promise<ProcessResult | undefined> {
  if (schema === undefined || stage === undefined || graph === undefined) return undefined
  const putBack = laySchema(schema, root, graph, view)
  if (putBack === undefined) return undefined
  const result = await run()
  putBack()
  return result.exitCode === 0 ? result : undefined
}

/** Runs the command with no network at all where the system can do that, and as it is otherwise. */
async function runIsolated(command: Command, network: boolean, options: RunOptions): Promise<ProcessResult> {
  const isolated = network ? undefined : withoutNetwork(command)
  if (isolated !== undefined) {
    const result = await runProcess(isolated.file, isolated.args, options)
    if (!wasNotIsolated(result.exitCode, result.stderr)) return result
  }
  return runProcess(command.file, command.args, options)
}

function warningsOf(said: string): string[] {
  return said
    .split('\n')
    .map((line) =>
      line.replace(/^#?\s*(?:Warning:\s*)?/u, '').replace(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d /u, ''),
    )
    .filter((line) => line !== '')
}

/** Bytes of all files that a build reads; without bound where they are not known. */
function sizeOf({ graph, view }: { readonly graph: InputGraph; readonly view: TreeView }): number {
  if (graph.realFiles.length === 0) return Infinity
  const sizes = graph.realFiles.map((real) =>
    view.kindOf(real) === 'file' ? view.readFile(real).byteLength : 0,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** A bound of the build that was met, in one sentence. */
function boundFault(
  error: unknown,
  overlay: string,
  { timeout, memory }: { timeout: number; memory: number },
): KustomizeFault | undefined {
  if (!(error instanceof SystemFault)) return undefined
  const fault = (code: KustomizeCode, message: string, hint: string): KustomizeFault =>
    new KustomizeFault({
      code,
      message: `kustomize ${message} and was stopped`,
      hint,
      blame: code === 'build-timed-out' ? 'program' : 'input',
      cause: error,
    })
  switch (error.code) {
    case 'timed-out':
      return fault(
        'build-timed-out',
        `did not finish ${overlay} within ${Math.round(timeout / 1000)} seconds`,
        'its time grows with the square of the number of resources: split the overlay',
      )
    case 'out-of-memory':
      return fault(
        'build-too-large',
        `needed more than ${Math.round(memory / 1024 / 1024)} MiB of memory for ${overlay}`,
        'look for YAML aliases that expand to very many copies',
      )
    case 'output-too-large':
      return fault('build-too-large', `printed more than 256 MiB for ${overlay}`, 'split the overlay')
    default:
      return undefined
  }
}
