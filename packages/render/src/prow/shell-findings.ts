import { createHash } from 'node:crypto'

import { type EffectiveJob, inlineScripts, type Prow } from '@overlay-render/prow'
import { type Finding, findProgram, runProcess, SystemFault } from '@overlay-render/system'

const TIMEOUT = 60_000

/**
 * Finds inline scripts of jobs that bash cannot parse, with `bash -n`, which runs nothing. A script that jobs share is parsed once.
 * Without bash there are no findings.
 */
export async function findShellFaults(prow: Prow, signal?: AbortSignal): Promise<Finding[]> {
  const byScript = new Map<string, { script: string; jobs: EffectiveJob[] }>()
  for (const job of prow.jobs) {
    for (const script of inlineScripts(job)) {
      const key = createHash('sha256').update(script).digest('hex')
      const known = byScript.get(key)
      if (known === undefined) byScript.set(key, { script, jobs: [job] })
      else known.jobs.push(job)
    }
  }
  const [bash] = await findProgram('bash', process.env)
  if (bash === undefined) return []
  const findings: Finding[] = []
  for (const { script, jobs } of byScript.values()) {
    const fault = await parse(bash, script, signal)
    const [first] = jobs
    if (fault === undefined || first === undefined) continue
    findings.push({
      rule: 'shell-syntax',
      severity: 'error',
      message: `bash cannot parse a script of ${jobs.length === 1 ? first.name : `${jobs.length} jobs`}: ${fault}`,
      position: prow.origins.positionOfField(first.written, 'spec') ?? first.position,
      hint: 'correct the script: it fails when the job runs',
    })
  }
  return findings
}

async function parse(
  bash: string,
  script: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  try {
    const { exitCode, stderr } = await runProcess(bash, ['--norc', '--noprofile', '-n'], {
      input: script,
      env: { LC_ALL: 'C' },
      timeout: TIMEOUT,
      signal,
    })
    if (exitCode === 0) return undefined
    return /line \d+: .*/u.exec(stderr)?.[0] ?? 'it has a syntax error'
  } catch (error) {
    if (error instanceof SystemFault && error.code === 'not-started') return undefined
    throw error
  }
}
