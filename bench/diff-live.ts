import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startThrowAwayServer } from '@overlay-render/cluster'

import { kubernetes, type KubernetesPrograms, root } from '../test/support/oracles.ts'
import { type Comparison, report, timed } from './measure.ts'

const OBJECTS = 1000

/** Compares `diff live:` with `kubectl diff` on the same objects, as whole processes. */
export async function benchDiffLive(): Promise<string> {
  const programs = kubernetes()
  if (programs === undefined)
    return 'diff-live: skipped, it needs kube-apiserver and kubectl (pnpm oracles --all) and etcd'
  const folder = await mkdtemp(join(tmpdir(), 'overlay-render-bench-'))
  const server = await startThrowAwayServer(programs)
  try {
    return await measure(programs, folder, server.kubeconfig)
  } finally {
    await server.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure({ kubectl }: KubernetesPrograms, folder: string, kubeconfig: string): Promise<string> {
  const overlay = join(folder, 'overlays/many')
  await mkdir(overlay, { recursive: true })
  await symlink(kubectl, join(folder, 'kubectl'))
  const manifests = join(overlay, 'objects.yaml')
  await writeFile(join(overlay, 'kustomization.yaml'), 'resources: [objects.yaml]\n')
  await writeFile(manifests, objects('1'))
  const env = {
    ...process.env,
    HOME: folder,
    KUBECONFIG: kubeconfig,
    PATH: `${folder}:${process.env['PATH'] ?? ''}`,
  }
  const run = (file: string, args: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      // Both exit with 1 when there are differences.
      execFile(file, args, { env, maxBuffer: 2 ** 28 }, (error) =>
        error === null || error.code === 1 ? resolve() : reject(error),
      )
    })
  await run(kubectl, ['apply', '-f', manifests])
  await writeFile(manifests, (await readFile(manifests, 'utf8')).replaceAll("'1'", "'2'"))
  const command = join(root, 'packages/cli/bin/overlay-render.js')
  const comparison: Comparison = {
    name: `diff live: of ${OBJECTS} objects that all differ, against kubectl diff`,
    // kubectl requests the objects one by one, which takes minutes, so run once.
    ours: [
      await timed(() =>
        run(process.execPath, [command, '-C', folder, 'diff', 'live:throw-away:many', 'many']),
      ),
    ],
    theirs: [await timed(() => run(kubectl, ['diff', '-f', manifests]))],
  }
  return report(comparison, 1.5)
}

function objects(value: string): string {
  return Array.from(
    { length: OBJECTS },
    (_item, index) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: object-${index}, namespace: default}\ndata: {key: '${value}'}\n`,
  ).join('---\n')
}
