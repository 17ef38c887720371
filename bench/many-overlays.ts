import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { kustomize454, realYq, root } from '../test/support/oracles.ts'
import { compareInTurn, report } from './measure.ts'

const run = promisify(execFile)
const CONFIGS = ['config', 'plugins', 'labels', 'mirror'] as const
const command = join(root, 'packages/cli/bin/overlay-render.js')

/** Generates a workspace. Each overlay has a patch, a custom resource and four embedded configs. */
export async function layOverlays(top: string, count: number): Promise<string> {
  const files = new Map<string, string>([
    ['kustom/overlay-render.yaml', 'version: 1\nsecrets: stub\nkustomize: {version: 4.5.4}\n'],
    ['kustom/base/kustomization.yaml', 'resources: [deployment.yaml]\n'],
    ['kustom/base/deployment.yaml', DEPLOYMENT],
  ])
  for (const name of CONFIGS) files.set(`files/${name}.yaml`, configText(name))
  for (let index = 0; index < count; index++) {
    const overlay = `kustom/overlays/${nameOf(index)}`
    files.set(`${overlay}/kustomization.yaml`, KUSTOMIZATION)
    files.set(`${overlay}/patch.yaml`, PATCH.replace('REPLICAS', String(index)))
    files.set(`${overlay}/own.yaml`, OWN.replace('NAME', nameOf(index)))
    files.set(`${overlay}/settings.yaml`, SETTINGS.replace('NAME', nameOf(index)))
    for (const name of CONFIGS)
      files.set(`${overlay}/yq_scripts/${name}.yaml`, `.overlay = "${nameOf(index)}"\n`)
  }
  for (const [path, text] of files) {
    await mkdir(dirname(join(top, path)), { recursive: true })
    await writeFile(join(top, path), text)
  }
  await run('git', ['init', '--quiet'], { cwd: top })
  await run('git', ['add', '--all'], { cwd: top })
  return join(top, 'kustom')
}

const nameOf = (index: number): string => `o${String(index).padStart(4, '0')}`

/** Changes one file of one overlay and renders all 200. Compares this with the same work by hand. */
export async function benchManyOverlays(rounds: number, count = 200): Promise<string> {
  const [kustomize, yq] = [kustomize454(), realYq()]
  if (kustomize === undefined || yq === undefined)
    return 'many overlays: skipped, it needs kustomize 4.5.4 and yq'
  const top = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  try {
    const workspace = await layOverlays(top, count)
    const env = { ...process.env, XDG_CACHE_HOME: join(top, '..', `${top}-cache`) }
    let edits = 0
    const ours = async (): Promise<void> => {
      const file = join(workspace, 'overlays', nameOf(count / 2), 'settings.yaml')
      await writeFile(file, SETTINGS.replace('NAME', `edit-${edits++}`))
      await run(process.execPath, [command, '-C', workspace, 'render', '--all', '--quiet'], { env })
    }
    const theirs = async (): Promise<void> => {
      for (let index = 0; index < count; index++) {
        const overlay = join(workspace, 'overlays', nameOf(index))
        for (const name of CONFIGS) {
          const script = join(overlay, 'yq_scripts', `${name}.yaml`)
          const { stdout } = await run(yq, ['--from-file', script, join(top, 'files', `${name}.yaml`)])
          await mkdir(join(overlay, 'configs', name), { recursive: true })
          await writeFile(join(overlay, 'configs', name, `${name}.yaml`), stdout)
        }
        const { stdout } = await run(kustomize, ['build', overlay], { maxBuffer: 2 ** 26 })
        await writeFile(join(overlay, 'configs', 'manifests.yaml'), stdout)
      }
      await run('git', ['clean', '--force', '--quiet', '-dx', 'kustom/overlays'], { cwd: top })
    }
    const comparison = await compareInTurn(
      `render --all of ${count} overlays, one file of one changed, against the real yq and kustomize 4.5.4`,
      Math.min(rounds, 3),
      ours,
      theirs,
    )
    return report(comparison, 0.02)
  } finally {
    await rm(top, { recursive: true, force: true })
    await rm(`${top}-cache`, { recursive: true, force: true })
  }
}

function configText(name: string): string {
  const jobs = Array.from({ length: 40 }, (_, job) => `- name: ${name}-${job}\n  always_run: true # ${job}\n`)
  return `# the ${name} of all\noverlay: none\njobs:\n${jobs.join('')}`
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: deck
spec:
  replicas: 1
  selector: {matchLabels: {app: deck}}
  template:
    metadata: {labels: {app: deck}}
    spec:
      containers:
      - {name: deck, image: "example.com/deck:v1"}
`
const KUSTOMIZATION = `resources: [../../base, own.yaml, settings.yaml]
patchesStrategicMerge: [patch.yaml]
configMapGenerator:
- name: config
  files: [configs/config/config.yaml, configs/plugins/plugins.yaml, configs/labels/labels.yaml, configs/mirror/mirror.yaml]
`
const PATCH = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: deck
spec:
  replicas: REPLICAS
`
const OWN = `apiVersion: example.com/v1
kind: Thing
metadata:
  name: NAME
spec: {enabled: true}
`
const SETTINGS = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data: {of: NAME}
`
