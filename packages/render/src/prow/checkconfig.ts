import { join } from 'node:path'

import type { ProwCheckSource, SourceFile } from '@overlay-render/prow'
import { type Finding, findProgram, makeTemporaryFolder, runProcess, writeTo } from '@overlay-render/system'

const TIMEOUT = 300_000

/** Prow's configs as an overlay deploys them. */
export interface DeployedConfigs {
  readonly overlay: string
  readonly config: SourceFile
  readonly plugins: SourceFile | undefined
}

/** The input files of one run. */
type Checked = Pick<ProwCheckSource, 'jobs' | 'folder' | 'plugins'> & { readonly config: SourceFile }

/** Options for running `checkconfig`: another program name or path. */
export interface CheckconfigOptions {
  readonly program?: string | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * The findings of Prow's own `checkconfig` on the configs that overlays deploy, or on those of the tree when no overlay deploys
 * any. Undefined when the program is not installed.
 */
export async function runCheckconfig(
  source: ProwCheckSource,
  deployed: readonly DeployedConfigs[],
  { program = 'checkconfig', signal }: CheckconfigOptions = {},
): Promise<Finding[] | undefined> {
  const [found] = await findProgram(program, process.env)
  if (found === undefined) return undefined
  const { jobs, folder, config, plugins } = source
  const run = async (checked: Pick<Checked, 'config' | 'plugins'>): Promise<Finding[]> =>
    runOnce(found, { jobs, folder, ...checked }, signal)
  if (deployed.length === 0) return config === undefined ? [] : run({ config, plugins })
  const byText = new Map<string, { finding: Finding; overlays: string[] }>()
  for (const { overlay, ...configs } of deployed) {
    for (const finding of await run({ config: configs.config, plugins: configs.plugins ?? plugins })) {
      const key = `${finding.severity} ${finding.message}`
      const known = byText.get(key)
      if (known === undefined) byText.set(key, { finding, overlays: [overlay] })
      else known.overlays.push(overlay)
    }
  }
  return [...byText.values()].map(({ finding, overlays }) => ({
    ...finding,
    hint: `checkconfig was run on the rendered configs of ${overlays.join(' and ')}`,
  }))
}

/** The files are copied to a temporary folder, so that rendered configs are checked as they will be deployed. */
async function runOnce(
  program: string,
  { config, plugins, jobs, folder = '' }: Checked,
  signal: AbortSignal | undefined,
): Promise<Finding[]> {
  const stage = await makeTemporaryFolder('checkconfig')
  try {
    const at = (path: string): string => join(stage.path, path)
    const put = async (path: string, { bytes }: SourceFile): Promise<void> =>
      void (await writeTo(at(path), bytes, { guarded: [stage.path], shown: path }))
    await put('config.yaml', config)
    if (plugins !== undefined) await put('plugins.yaml', plugins)
    for (const job of jobs) await put(join('jobs', insideOf(job.path, folder)), job)
    const args = [
      `--config-path=${at('config.yaml')}`,
      `--job-config-path=${at('jobs')}`,
      ...(plugins === undefined ? [] : [`--plugin-config=${at('plugins.yaml')}`]),
    ]
    const { exitCode, stderr, stdout } = await runProcess(program, args, {
      env: {},
      timeout: TIMEOUT,
      signal,
    })
    const lines = `${stderr}\n${Buffer.from(stdout).toString()}`.split('\n')
    const names = (text: string): string =>
      text
        .replaceAll(at('config.yaml'), config.path)
        .replaceAll(at('plugins.yaml'), plugins?.path ?? 'plugins.yaml')
        .replaceAll(`${at('jobs')}/`, folder === '' ? '' : `${folder}/`)
    const findings = lines.flatMap((line) => findingOf(line, names))
    if (exitCode === 0 || findings.length > 0) return findings
    return [
      {
        rule: 'checkconfig',
        severity: 'error',
        message: names(lines.find((line) => line !== '') ?? 'checkconfig failed'),
      },
    ]
  } finally {
    await stage.dispose()
  }
}

function insideOf(path: string, folder: string): string {
  return folder !== '' && path.startsWith(`${folder}/`)
    ? path.slice(folder.length + 1)
    : path.replace(/^(?:\.\.\/)+/u, '')
}

/** A line of Prow's log is a JSON object with a severity and a message. */
function findingOf(line: string, names: (text: string) => string): Finding[] {
  const { severity, level, msg, error } = readLog(line)
  const weight = severity ?? level
  if (weight === undefined || !/^(?:warning|error|fatal)$/u.test(weight)) return []
  const text = [msg, error].filter((part) => part !== undefined && part !== '').join(': ')
  return [
    {
      rule: 'checkconfig',
      severity: weight === 'warning' ? 'warning' : 'error',
      message: names(text).replace(/\.$/u, ''),
    },
  ]
}

interface LogLine {
  readonly severity?: string | undefined
  readonly level?: string | undefined
  readonly msg?: string | undefined
  readonly error?: string | undefined
}

function readLog(line: string): LogLine {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? Object.fromEntries(textEntries(value)) : {}
  } catch {
    return {}
  }
}

function textEntries(value: object): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] =>
    typeof item === 'string' ? [[key, item]] : [],
  )
}
