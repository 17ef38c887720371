import { join } from 'node:path'

import type { ProwCheckSource, SourceFile } from '@overlay-render/prow'
import { type Finding, findProgram, makeTemporaryFolder, runProcess, writeTo } from '@overlay-render/system'

const TIMEOUT = 300_000

/**
 * What Prow's own `checkconfig` says about the files, as findings; undefined where the program is not there. The files
 * are laid into a folder of their own, so that rendered configs are checked as they will be deployed.
 */
export async function runCheckconfig(
  { config, plugins, jobs, folder = '' }: ProwCheckSource,
  {
    program = 'checkconfig',
    signal,
  }: { readonly program?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Finding[] | undefined> {
  const [found] = await findProgram(program, process.env)
  if (found === undefined || config === undefined) return undefined
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
    const { exitCode, stderr, stdout } = await runProcess(found, args, { env: {}, timeout: TIMEOUT, signal })
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
