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
import { addSchema } from '../schema/add-schema.ts'
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
  /** The real, absolute path of the stage, which is private and writable; `root` when absent. */
  readonly stage?: string | undefined
  /** Converts a path of the stage to the user's path; unchanged when absent. */
  readonly shown?: ((stagedPath: string) => string) | undefined
  /** The inputs of the build, for positions in messages. */
  readonly graph?: InputGraph | undefined
  /** The view for reading files of `graph` to explain errors; the disk when absent. */
  readonly view?: TreeView | undefined
  /** The result of `prepareSchema`, used with a `stage` and a `graph`. It makes the build faster with the same output. */
  readonly schema?: string | undefined
  /** Values to redact in messages, in addition to those of the Secrets in `graph`. */
  readonly secrets?: readonly string[] | undefined
  /** Milliseconds; when absent half an hour, or more if the graph has more than a thousand objects. */
  readonly timeout?: number | undefined
  /** Bytes of memory for the build; half of the machine's when absent. */
  readonly memory?: number | undefined
  /** How many builds run in parallel: with as many as processors, each uses one. */
  readonly jobs?: number | undefined
  /** The program to run as helm, such as the one from `writeHelmStub`; charts are rejected when absent. */
  readonly helm?: string | undefined
  /** Whether git and the proxies of `env` are passed on, for kustomizations with remotes. */
  readonly network?: boolean | undefined
  /** The user's environment, read only with `network`; the process's own when absent. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly signal?: AbortSignal | undefined
  /** Called when kustomize has started, for work to do meanwhile. */
  readonly onStarted?: (() => void) | undefined
}

export interface BuildResult {
  /** The bytes that kustomize printed. */
  readonly manifests: Uint8Array
  /** kustomize's warnings, such as deprecated fields, one sentence each. */
  readonly warnings: readonly string[]
  /** Wall time in milliseconds. */
  readonly duration: number
}

/**
 * Builds one root without the user's environment: no PATH, no home, no network, no plugins, and root-only loading. An
 * error of kustomize becomes one sentence.
 *
 * @throws KustomizeFault `build-failed` or a more specific code, `build-crashed`, `build-timed-out`, `build-too-large`
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
  // An empty private folder is the current folder and the only one on PATH.
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
    const { version } = kustomize
    throw explainFailure({ said, exitCode, killedBy, version, overlay: shown(root), inputs })
  } catch (error) {
    throw boundFault(error, shown(root), { timeout, memory }) ?? error
  } finally {
    await empty.dispose()
  }
}

/**
 * Builds with the smaller schema, if possible. A failed build is repeated without it, so that messages refer only to the
 * user's files.
 */
async function runWithSchema(
  run: () => Promise<ProcessResult>,
  { schema, stage, root, graph, view = diskView }: BuildOptions,
): Promise<ProcessResult | undefined> {
  if (schema === undefined || stage === undefined || graph === undefined) return undefined
  const putBack = addSchema(schema, root, graph, view)
  if (putBack === undefined) return undefined
  const result = await run()
  putBack()
  return result.exitCode === 0 ? result : undefined
}

/** Runs the command in a network namespace without network, if the system supports it. */
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

/** The total size of a build's input files in bytes; Infinity when unknown. */
function sizeOf({ graph, view }: { readonly graph: InputGraph; readonly view: TreeView }): number {
  if (graph.realFiles.length === 0) return Infinity
  const sizes = graph.realFiles.map((real) =>
    view.kindOf(real) === 'file' ? view.readFile(real).byteLength : 0,
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** The fault for an exceeded limit of the build. */
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
