import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { makeTemporaryFolder, runProcess, SystemFault } from '@overlay-render/system'
import { applyV3Script, YqFault } from '@overlay-render/yq'

import { inLanes } from './oracle.ts'

/** A script and the document to run it on. */
export interface V3Question {
  readonly script: string
  readonly document: string
}

/** The result of the real yq 3.4.1; undefined when it exceeds ten seconds or 256 MB. */
export type V3Answer = { readonly output: string } | { readonly error: string } | undefined

/** Runs the real yq 3.4.1 on many cases, `lanes` at a time. */
export async function runYq3(
  program: string,
  questions: readonly V3Question[],
  lanes = 2,
): Promise<V3Answer[]> {
  const folder = await makeTemporaryFolder('yq3')
  try {
    return await inLanes([...questions.entries()], lanes, async ([index, { script, document }]) => {
      const base = join(folder.path, `${index % 64}.base.yaml`)
      const commands = join(folder.path, `${index % 64}.script.yaml`)
      await Promise.all([writeFile(base, document), writeFile(commands, script)])
      return runOne(program, base, commands)
    })
  } finally {
    await folder.dispose()
  }
}

const ENDLESS: ReadonlySet<string> = new Set(['timed-out', 'output-too-large'])

async function runOne(program: string, base: string, script: string): Promise<V3Answer> {
  try {
    const { stdout, stderr, exitCode } = await runProcess(program, ['write', base, '--script', script], {
      env: {},
      timeout: 10_000,
    })
    if (exitCode === 0) return { output: Buffer.from(stdout).toString('utf8') }
    return { error: stderr.split('\n')[0] ?? `exit ${exitCode}` }
  } catch (error) {
    if (error instanceof SystemFault && ENDLESS.has(error.code)) return undefined
    throw error
  }
}

export interface V3Difference extends V3Question {
  readonly real: V3Answer
  readonly ours: string
}

/** Differences from yq 3.4.1, and how often we refuse with a position where yq 3 prints output. */
export interface V3Comparison {
  readonly differences: readonly V3Difference[]
  /** Error messages with the number of times each occurred. */
  readonly refusals: ReadonlyMap<string, number>
  readonly printed: number
}

export function compareWithYq3(questions: readonly V3Question[], answers: readonly V3Answer[]): V3Comparison {
  const differences: V3Difference[] = []
  const refusals = new Map<string, number>()
  let printed = 0
  for (const [index, question] of questions.entries()) {
    const real = answers[index]
    if (real === undefined) continue
    if ('output' in real) printed += 1
    const ours = answerOf(question)
    if ('text' in ours ? 'output' in real && ours.text === real.output : 'error' in real && ours.isPlaced)
      continue
    if ('fault' in ours && ours.isPlaced && ours.isDeliberate) {
      refusals.set(ours.fault, (refusals.get(ours.fault) ?? 0) + 1)
      continue
    }
    differences.push({ ...question, real, ours: 'text' in ours ? ours.text : `fault: ${ours.fault}` })
  }
  return { differences, refusals, printed }
}

type Ours =
  | { readonly text: string }
  | { readonly fault: string; readonly isPlaced: boolean; readonly isDeliberate: boolean }

function answerOf({ script, document }: V3Question): Ours {
  try {
    return { text: applyV3Script(script, document).text }
  } catch (error) {
    if (!(error instanceof YqFault)) throw error
    return {
      fault: error.sentence,
      isPlaced: error.position !== undefined,
      isDeliberate: error.code === 'unsupported' || error.code === 'limit-exceeded',
    }
  }
}
