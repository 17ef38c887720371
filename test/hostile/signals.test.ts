import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { skipReason } from '../support/needs.ts'
import { runCommand } from '../support/command.ts'
import { everyCommand, layForEveryCommand } from './support/every-command.ts'
import type { SmallWorkspace } from './support/small-workspace.ts'

// Every command, on inputs that keep it busy for seconds, ends within a second of a signal and leaves no temporary files. The commands
// come from the command table, so new commands are tested too.

const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('')

const objects = (value: string): string =>
  many(
    4000,
    (index) =>
      `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a${index}, namespace: n}\ndata: {a: ${value}, b: "${'b c '.repeat(50)}"}\n`,
  )

const LARGE: Readonly<Record<string, string>> = {
  'overlays/x/cm.yaml': objects('before'),
  'golden/x.yaml': objects('accepted'),
  'jobs/many.yaml': `presubmits:\n  org/many:\n${many(20_000, (index) => `  - {name: job-${index}, always_run: true, spec: {containers: [{image: a, command: [sh, -c, "echo ${index}"]}]}}\n`)}`,
  'names.yaml': `a: ["x"]\nb:\n${many(100_000, (index) => `- {name: n${index}, c: [1, 2, 3]}\n`)}`,
  'script-v3.yaml': many(
    5000,
    (index) => `- command: update\n  path: a${index}.b(c==d*).**\n  value: {a: ${index}}\n`,
  ),
  'kubeconfig.yaml': `apiVersion: v1\nkind: Config\nclusters:\n${many(30_000, (index) => `- {name: c${index}, cluster: {server: "https://example.com"}}\n`)}`,
  'bare/overlays/y/cm.yaml': objects('init'),
}

const STATUS = { SIGINT: 130, SIGTERM: 143 } as const
const isAll = process.env['OVERLAY_RENDER_HOSTILE'] === 'all'
const hour = Math.floor(Date.now() / 3_600_000)

/** The delay of the signal in milliseconds. It changes every hour, and falls in Node's startup or in the work of the command. */
const later = (at: number): number => 300 + ((at * 7 + hour * 3) % 12) * 200

const cases = [...everyCommand()].flatMap(([name, args], at) =>
  (['SIGINT', 'SIGTERM'] as const).flatMap((signal, index) =>
    isAll || (at + hour) % 6 === index * 3 ? [{ name, args, signal, wait: later(at + index) }] : [],
  ),
)

test.skipIf(skipReason('kustomize') !== '').for(cases)(
  '$signal ends $name within a second, and no temporary file is left (skipped without kustomize)',
  { timeout: 60_000 },
  async ({ args, signal, wait }) => {
    const workspace = layForEveryCommand(undefined, LARGE)
    const { folder: cwd, scratch } = workspace
    let sent = Number.POSITIVE_INFINITY
    let timer: NodeJS.Timeout | undefined
    const result = await runCommand(args, {
      cwd,
      env: { TMPDIR: scratch, HOME: scratch, XDG_CACHE_HOME: join(scratch, 'cache') },
      onStart: (pid) => {
        timer = setTimeout(() => {
          sent = performance.now()
          process.kill(pid, signal)
        }, wait)
      },
    })
    clearTimeout(timer)
    expect(performance.now() - sent).toBeLessThan(1000)
    // The command may have ended before the signal.
    expect([signal, STATUS[signal], 0, 1, 2]).toContain(result.signal ?? result.status)
    await expect.poll(() => leftOf(workspace), { timeout: 3000 }).toEqual([])
  },
)

/** Temporary folders and partly written files. */
function leftOf({ folder, scratch }: SmallWorkspace): string[] {
  const places = [scratch, folder, join(folder, 'golden'), join(folder, 'rendered/x')].filter((place) =>
    existsSync(place),
  )
  return places
    .flatMap((place) => readdirSync(place))
    .filter((name) => /overlay-render-(?:[a-z]+-\d|.*\.tmp$)/u.test(name))
}
