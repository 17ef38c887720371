import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { buildKustomize, diskView, type InputGraph, type Kustomize, walkInputs } from '../src/index.ts'
import { corpus, has5, hasCorpus, kustomize4, kustomize5 } from './oracles.ts'
import { makeTree, removeTrees, stageGraph } from './scratch-tree.ts'

const ADMIN_RBAC = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: prow-admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
`

interface CorpusRoot {
  readonly tree: string
  readonly root: string
  readonly resources: number
}

/** Roots that build from their tree once what is missing is there. */
const BUILDABLE: readonly CorpusRoot[] = [
  { tree: 'kubevirt-2026', root: 'prow-deploy/kustom/overlays/kubevirt-prow-control-plane', resources: 135 },
  { tree: 'kubevirt-2026', root: 'prow-deploy/kustom/overlays/prow-workloads', resources: 0 },
  { tree: 'kubevirt-2026', root: 'prow-deploy/kustom/overlays/prow-arm64-workloads', resources: 0 },
  { tree: 'kubevirt-2021', root: 'prow-deploy/kustom/overlays/workloads-production', resources: 0 },
  { tree: 'metal3-2026', root: 'prow/manifests/overlays/metal3', resources: 0 },
  { tree: 'metal3-2026', root: 'prow/manifests/base', resources: 0 },
  { tree: 'metal3-2026', root: 'prow/capo-cluster', resources: 0 },
]

describe.skipIf(!hasCorpus)('the corpus (skipped: needs the shared corpus)', () => {
  const trees = new Map<string, string>()

  beforeAll(async () => {
    for (const tree of ['kubevirt-2026', 'kubevirt-2021', 'metal3-2026']) {
      const copy = await makeTree({})
      await cp(join(corpus, tree), copy, { recursive: true })
      trees.set(tree, copy)
    }
  })
  afterAll(removeTrees)

  /** Makes every missing file of a root, the same bytes each time. */
  async function complete(tree: string, root: string): Promise<{ boundary: string; graph: InputGraph }> {
    const boundary = trees.get(tree) ?? ''
    const options = { view: diskView, boundary: [boundary], version: '4.5.4' }
    const before = walkInputs(join(boundary, root), options)
    expect(before.faults.map(({ message }) => message)).toEqual([])
    for (const { real, role } of before.missing) {
      await mkdir(dirname(real), { recursive: true })
      await writeFile(
        real,
        role === 'resource' ? ADMIN_RBAC : role.endsWith('env') ? 'stub=stub\n' : 'stub\n',
      )
    }
    const graph = walkInputs(join(boundary, root), options)
    expect(graph.missing).toEqual([])
    return { boundary, graph }
  }

  async function binaries(): Promise<Kustomize[]> {
    return has5 ? [await kustomize4(), await kustomize5()] : [await kustomize4()]
  }

  it.each(BUILDABLE.map((row) => [row.root, row] as const))(
    'builds the same bytes from exactly the graph of %s',
    async (root, { tree }) => {
      const { boundary, graph } = await complete(tree, root)
      const stage = await stageGraph(graph, boundary)
      for (const kustomize of await binaries()) {
        const whole = await buildKustomize({ kustomize, root: join(boundary, root) })
        const staged = await buildKustomize({ kustomize, root: stage })
        expect(staged.manifests.length).toBeGreaterThan(100)
        expect(Buffer.from(staged.manifests).equals(Buffer.from(whole.manifests))).toBe(true)
      }
    },
  )

  it('shows the panic of two equal roles as one sentence', async () => {
    const { boundary } = await complete('kubevirt-2021', 'prow-deploy/kustom/overlays/ibmcloud-production')
    const root = join(boundary, 'prow-deploy/kustom/overlays/ibmcloud-production')
    const graph = walkInputs(root, { view: diskView, boundary: [boundary], version: '4.5.4' })
    const error = await buildKustomize({ kustomize: await kustomize4(), root, graph }).catch(
      (fault: unknown) => fault,
    )
    console.log(error)
  })
})
void readFile
