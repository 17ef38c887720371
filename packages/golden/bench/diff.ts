import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env, execPath } from 'node:process'

import { compareInTurn, median, report, timed } from '../../../bench/measure.ts'
import { kubevirt2026ByHand } from '../../../test/support/corpus-by-hand.ts'
import { corpus, root } from '../../../test/support/oracles.ts'
import { prepareByHand } from '../../../test/support/prepare-by-hand.ts'
import { diffManifests, effects, formatDiff, type ManifestDiff, parseManifests } from '../src/index.ts'

/**
 * Compares the diff of two renders of the largest real overlay with dyff, and measures how time grows with
 * the manifests.
 */
export async function benchDiff(rounds: number): Promise<string> {
  return [await benchControlPlane(rounds), await benchGrowth(rounds)].join('\n\n')
}

async function benchControlPlane(rounds: number): Promise<string> {
  if (corpus() === undefined) return 'diff: skipped, the real trees are not in ../shared/corpus'
  const { manifests } = await prepareByHand(kubevirt2026ByHand['kubevirt-prow-control-plane'])
  const before = manifests.toString()
  const after = changeThreeResources(before)
  const folder = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const [a, b] = [join(folder, 'a.yaml'), join(folder, 'b.yaml')]
    await writeFile(a, before)
    await writeFile(b, after)
    const small = await againstDyff([a, b], [manifests, Buffer.from(after)], rounds)
    return `${small}\n${await tenTimes([a, b], [before, after], rounds)}`
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A diff of files needs no workspace, but the command reads the comparison rules from its configuration. */
const WORKSPACE = join(root, 'overlays-fixtures/kubevirt/prow-deploy/kustom')

async function againstDyff(
  files: [string, string],
  bytes: [Buffer, Buffer],
  rounds: number,
): Promise<string> {
  const size = `${(bytes[0].length / 1000).toFixed(0)} KB of manifests`
  const inProcess = (): void => {
    compare(...bytes)
  }
  const dyff = realDyff()
  if (dyff === undefined) return `diff: skipped, dyff is not installed (pnpm oracles, or OVERLAY_RENDER_DYFF)`
  const dyffBetween = async (): Promise<void> => run(dyff, ['between', ...files])
  // The first runs are slower, until the engine has compiled the hot code.
  for (let round = 0; round < 30; round++) inProcess()
  const warm = await compareInTurn(
    `diff, ${size}, three changed, in process, warm`,
    rounds,
    inProcess,
    dyffBetween,
  )
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  const whole = await compareInTurn(
    `diff, ${size}, three changed, whole process`,
    rounds,
    async () => run(execPath, [command, '-C', WORKSPACE, 'diff', `file:${files[0]}`, `file:${files[1]}`]),
    dyffBetween,
  )
  const empty: number[] = []
  for (let round = 0; round < rounds; round++) empty.push(await timed(async () => run(execPath, ['-e', '0'])))
  return [
    report(warm, 0.1),
    report(whole, 1.5),
    `  of which an empty Node process: median ${median(empty).toFixed(0)} ms, best ${Math.min(...empty).toFixed(0)} ms`,
  ].join('\n')
}

/** The same comparison with ten copies of the manifests under different names. */
async function tenTimes(files: [string, string], texts: [string, string], rounds: number): Promise<string> {
  const dyff = realDyff()
  if (dyff === undefined) return 'diff, ten times that: skipped, dyff is not installed'
  for (const [index, text] of texts.entries()) {
    const copies = Array.from({ length: 10 }, (_, copy) =>
      text.replace(/^ {2}name: /gmu, `  name: x${copy}-`),
    )
    await writeFile(files[index] ?? '', copies.join('---\n'))
  }
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  const whole = await compareInTurn(
    'diff, ten times that, whole process',
    rounds,
    async () => run(execPath, [command, '-C', WORKSPACE, 'diff', `file:${files[0]}`, `file:${files[1]}`]),
    async () => run(dyff, ['between', ...files]),
  )
  return report(whole, 0.3)
}

/** Changes one value in the config embedded in a ConfigMap, one quantity and one replica count. */
function changeThreeResources(manifests: string): string {
  return manifests
    .replace('gcs_browser_prefix: https://', 'gcs_browser_prefix: http://')
    .replace(/memory: (?=\d)/u, 'memory: 1')
    .replace('replicas: 1', 'replicas: 2')
}

function compare(before: Uint8Array | string, after: Uint8Array | string): ManifestDiff {
  const diff = diffManifests(
    parseManifests(before, { file: 'before' }),
    parseManifests(after, { file: 'after' }),
  )
  effects(diff)
  formatDiff(diff, 'text')
  return diff
}

const SIZES = [1000, 2000, 4000, 8000]

/** Changes one in a hundred resources. Twice the resources should take twice the time. */
async function benchGrowth(rounds: number): Promise<string> {
  const rows = ['resources  changed  median ms  best ms  µs a resource']
  for (const count of SIZES) {
    const before = manyDeployments(count, () => 1)
    const after = manyDeployments(count, (index) => (index % 100 === 0 ? 2 : 1))
    const times: number[] = []
    let changed = 0
    for (let round = 0; round < rounds + 2; round++) {
      const time = await timed(() => {
        changed = compare(before, after).resources.length
      })
      if (round >= 2) times.push(time)
    }
    const cells = [
      count,
      changed,
      median(times).toFixed(1),
      Math.min(...times).toFixed(1),
      ((median(times) * 1000) / count).toFixed(1),
    ]
    rows.push(cells.map((cell, column) => String(cell).padStart([9, 9, 11, 9, 15][column] ?? 0)).join(''))
  }
  return rows.join('\n')
}

export function manyDeployments(count: number, replicas: (index: number) => number): string {
  return Array.from(
    { length: count },
    (_, index) => `apiVersion: apps/v1
kind: Deployment
metadata:
  labels:
    app: app-${index}
  name: app-${index}
  namespace: namespace-${index % 20}
spec:
  replicas: ${replicas(index)}
  selector:
    matchLabels:
      app: app-${index}
  template:
    metadata:
      labels:
        app: app-${index}
    spec:
      containers:
      - args:
        - --config=/etc/config/config.yaml
        - --port=${8000 + (index % 1000)}
        env:
        - name: INDEX
          value: "${index}"
        image: registry.example.com/app:v${index % 7}
        name: app
        ports:
        - containerPort: 8080
          name: http
`,
  ).join('---\n')
}

function realDyff(): string | undefined {
  return [join(root, '.cache/oracles/bin/dyff'), env['OVERLAY_RENDER_DYFF'] ?? ''].find(
    (file) => file !== '' && existsSync(file),
  )
}

/** Exit status 1 means differences. Any other status except 0 is a failure and must not be timed. */
async function run(file: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    execFile(file, args, { maxBuffer: 2 ** 28, cwd: root }, (error, _, stderr) => {
      if (error === null || error.code === 1) resolve()
      else reject(new Error(`${file} ${args.join(' ')}: ${stderr}`, { cause: error }))
    })
  })
}
