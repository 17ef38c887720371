import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { compile, printResults, readDocuments } from '@overlay-render/yq'

import { realYq } from '../test/support/oracles.ts'
import { compareInTurn, median, report, timed } from './measure.ts'

const EXPRESSIONS = ['.a.b[3].c = 1', '.. |= .'] as const

/**
 * Compares our library, in process and warm, with a whole process of the real yq on a document of 10 MB. Also
 * checks that the cost is linear.
 */
export async function benchYqLarge(rounds: number): Promise<string> {
  const lines: string[] = []
  const text = makeDocument(10_000_000)
  const yq = realYq()
  if (yq === undefined) lines.push('10 MB against the real yq: skipped, it is not installed')
  else lines.push(...(await againstReal(yq, text, Math.min(rounds, 5))))
  lines.push('cost by size, in process and warm, `.. |= .` (median of 3)')
  for (const megabytes of [1, 2, 4, 8]) {
    const document = makeDocument(megabytes * 1_000_000)
    const times: number[] = []
    for (let round = 0; round < 3; round++) times.push(await timed(() => void run(EXPRESSIONS[1], document)))
    lines.push(
      `  ${megabytes} MB  ${median(times).toFixed(0).padStart(6)} ms  ${(median(times) / megabytes).toFixed(0)} ms a MB`,
    )
  }
  return lines.join('\n')
}

async function againstReal(yq: string, text: string, rounds: number): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const file = join(folder, 'large.yaml')
    await writeFile(file, text)
    const lines: string[] = []
    for (const expression of EXPRESSIONS) {
      let theirPeak = 0
      const comparison = await compareInTurn(
        `yq '${expression}' on 10 MB, in process and warm, against the real yq`,
        rounds,
        () => void run(expression, readFileSync(file, 'utf8')),
        async () => {
          theirPeak = Math.max(theirPeak, await peakOf(yq, [expression, file]))
        },
      )
      lines.push(report(comparison, 1.5))
      const ourPeak = process.resourceUsage().maxRSS / 1024
      lines.push(
        `  peak memory: ours ${ourPeak.toFixed(0)} MB (this process, all rounds), theirs ${theirPeak.toFixed(0)} MB, ratio ${(ourPeak / theirPeak).toFixed(2)} (target 1.5)`,
      )
    }
    return lines
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run(expression: string, text: string): number {
  return printResults(compile(expression).run(readDocuments(text))).length
}

/** Runs a program to completion and returns its peak memory in MB, as reported by Linux. */
async function peakOf(file: string, args: readonly string[]): Promise<number> {
  const child = spawn(file, args, { stdio: 'ignore' })
  let peak = 0
  const look = (): void => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    } catch {
      // The process has ended, or this is not Linux: keep the last value.
    }
  }
  const timer = setInterval(look, 5)
  await new Promise((resolve, reject) => child.on('close', resolve).on('error', reject))
  clearInterval(timer)
  return peak
}

/** Generates a document of about `size` bytes with comments, quotes, block scalars and flow collections. */
function makeDocument(size: number): string {
  const parts = ['# generated\na:\n  b:\n    - c: 0\n    - c: 1\n    - c: 2\n    - c: 3 # the one\njobs:\n']
  for (let length = 0, job = 0; length < size; job++) {
    const part = `  - name: pull-unit-${job} # job ${job}\n    always_run: true\n    labels: {preset-a: "true", preset-b: 'false'}\n    # the pod\n    spec:\n      containers:\n        - image: quay.io/org/image:v${job}\n          command: ["/bin/sh", "-c"]\n          script: |\n            set -e\n            make unit-${job}\n          resources:\n            requests:\n              memory: ${job}Mi\n`
    parts.push(part)
    length += part.length
  }
  return parts.join('')
}
