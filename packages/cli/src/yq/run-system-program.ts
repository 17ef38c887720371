import process from 'node:process'

import { YqFault } from '@overlay-render/yq'

import type { YqIo } from './io.ts'

/**
 * Runs a program for the `system` operator, if that is allowed, with the environment of this process, and returns its output.
 * Evaluation is synchronous, so this waits. No shell is used.
 */
export function runSystemProgram(
  program: string,
  parameters: readonly string[],
  input: string,
  { env, cwd }: YqIo,
): string {
  // Loaded here because almost no run needs it.
  const { spawnSync } = process.getBuiltinModule('node:child_process')
  const { error, status, signal, stdout, stderr } = spawnSync(program, parameters, {
    input,
    env,
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  // A program may end before it has read its input.
  const problem = error !== undefined && 'code' in error && error.code === 'EPIPE' ? undefined : error
  if (problem === undefined && status === 0) return stdout
  const reason = problem === undefined ? exitReason(status, signal) : startReason(program, problem)
  const details = typeof stderr === 'string' ? stderr.trim() : ''
  throw new YqFault({
    code: 'evaluation-failed',
    message: `system command '${program}' failed: ${reason}${details === '' ? '' : `\nstderr: ${details}`}`,
  })
}

function exitReason(status: number | null, signal: NodeJS.Signals | null): string {
  return status === null ? `signal: ${signal}` : `exit status ${status}`
}

function startReason(program: string, error: Error): string {
  const isMissing = 'code' in error && error.code === 'ENOENT'
  if (!isMissing) return error.message
  return program.includes('/')
    ? `fork/exec ${program}: no such file or directory`
    : `exec: ${JSON.stringify(program)}: executable file not found in $PATH`
}
