import { cp, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { diskView, Tree as FileTree } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { buildKustomize, type InputGraph, KustomizeFault, prepareSchema, walkInputs } from '../src/index.ts'
import { allKustomizes, corpus, hasCorpus, kustomize4 } from './oracles.ts'
import { makeTree, removeTrees, stageGraph } from './scratch-tree.ts'

const ADMIN_RBAC = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: prow-admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
`

/** Roots that build if files that are not in git are added: the tree, the root, and its numbers of existing and missing files. */
const BUILDABLE = [
  ['kubevirt-2026', 'prow-deploy/kustom/overlays/kubevirt-prow-control-plane', 141, 24],
  ['kubevirt-2026', 'prow-deploy/kustom/overlays/prow-workloads', 18, 16],
  ['kubevirt-2026', 'prow-deploy/kustom/overlays/prow-arm64-workloads', 1, 2],
  ['kubevirt-2021', 'prow-deploy/kustom/overlays/workloads-production', 4, 8],
  ['metal3-2026', 'prow/manifests/overlays/metal3', 42, 0],
  ['metal3-2026', 'prow/manifests/base', 12, 0],
  ['metal3-2026', 'prow/capo-cluster', 10, 0],
] as const

/** Roots with remotes or charts, and their numbers. */
const REFUSED = [
  ['prow/flux', 4, 0],
  ['prow/cluster-resources', 8, 0],
  ['prow/capi', 3, 0],
  ['prow/infra', 2, 0],
  ['prow/infra/traefik', 2, 0],
  ['prow/bootstrap', 1, 1],
  ['prow/bootstrap/calico', 1, 0],
  ['prow/bootstrap/external-secrets-operator', 0, 1],
] as const

const TREES = ['kubevirt-2026', 'kubevirt-2021', 'metal3-2026'] as const
type Corpus = (typeof TREES)[number]

const copies = new Map<string, string>()

function walk(tree: Corpus, root: string): InputGraph {
  const boundary = copies.get(tree) ?? ''
  const shown = (path: string): string => path.replace(`${boundary}/`, '')
  return walkInputs(join(boundary, root), {
    tree: new FileTree(diskView, { boundary: [boundary], shown }),
    version: '4.5.4',
  })
}

/** Creates the missing files, with the same bytes each time. */
async function completed(tree: Corpus, root: string): Promise<InputGraph> {
  for (const { real, role } of walk(tree, root).missing) {
    await mkdir(dirname(real), { recursive: true })
    await writeFile(real, role === 'resource' ? ADMIN_RBAC : role.endsWith('env') ? 'stub=stub\n' : 'stub\n')
  }
  return walk(tree, root)
}

describe.skipIf(!hasCorpus)('the corpus (skipped: needs the shared corpus)', () => {
  beforeAll(async () => {
    for (const tree of TREES) {
      const copy = await makeTree({})
      await cp(join(corpus, tree), copy, { recursive: true })
      copies.set(tree, copy)
    }
  })
  afterAll(removeTrees)

  test.each(BUILDABLE)('%s %s refers to %i existing and %i missing files', (tree, root, files, missing) => {
    const graph = walk(tree, root)
    expect(graph.faults.map(({ message }) => message)).toEqual([])
    expect(graph.remotes).toEqual([])
    expect([graph.files.length, graph.missing.length]).toEqual([files, missing])
  })

  test.each(BUILDABLE)(
    '%s %s builds to the same bytes from only the files of its graph',
    async (tree, root) => {
      const graph = await completed(tree, root)
      expect([graph.missing, graph.faults]).toEqual([[], []])
      const stage = await stageGraph(graph, copies.get(tree) ?? '')
      for (const kustomize of await allKustomizes()) {
        const whole = await buildKustomize({ kustomize, root: graph.root })
        const staged = await buildKustomize({ kustomize, root: stage })
        expect(staged.manifests.length).toBeGreaterThan(100)
        expect(Buffer.from(staged.manifests).equals(Buffer.from(whole.manifests))).toBe(true)
      }
    },
  )

  test.each(BUILDABLE)('%s %s builds to the same bytes with the stripped schema', async (tree, root) => {
    const graph = await completed(tree, root)
    const stage = copies.get(tree) ?? ''
    const kustomize = await kustomize4()
    const schema = await prepareSchema(kustomize, await makeTree({}))
    const plain = await buildKustomize({ kustomize, root: graph.root })
    const fast = await buildKustomize({ kustomize, root: graph.root, stage, graph, schema })
    expect(schema).toBeDefined()
    expect(Buffer.from(fast.manifests).equals(Buffer.from(plain.manifests))).toBe(true)
  })

  test.each([
    ['kubevirt-2021', 'prow-deploy/kustom/overlays/workloads-production'],
    ['metal3-2026', 'prow/manifests/base'],
  ] as const)('%s %s needs every file of its graph', async (tree, root) => {
    const graph = await completed(tree, root)
    const kustomize = await kustomize4()
    for (const path of graph.realFiles) {
      const stage = await stageGraph(graph, copies.get(tree) ?? '', path)
      await expect(buildKustomize({ kustomize, root: stage })).rejects.toThrow(KustomizeFault)
    }
  })

  test.each(REFUSED)(
    'metal3-2026 %s is rejected for %i remotes and %i charts, each with a position',
    (root, remotes, charts) => {
      const graph = walk('metal3-2026', root)
      const refused = graph.faults.filter(({ code }) => code === 'network-refused')
      expect([graph.remotes.length, refused.length]).toEqual([remotes, remotes])
      expect(refused.every(({ position }) => position !== undefined && position.line > 1)).toBe(true)
      expect(graph.faults.filter(({ code }) => code === 'chart-refused')).toHaveLength(charts)
      expect(graph.faults).toHaveLength(remotes + charts)
    },
  )

  test('kubevirt-2021 ibmcloud-production, where kustomize panics, is one sentence with both sources', async () => {
    const graph = await completed('kubevirt-2021', 'prow-deploy/kustom/overlays/ibmcloud-production')
    const boundary = copies.get('kubevirt-2021') ?? ''
    const shown = (path: string): string => path.replace(`${boundary}/`, '')
    const build = buildKustomize({
      kustomize: await kustomize4(),
      root: graph.root,
      stage: boundary,
      graph,
      shown,
    })
    await expect(build).rejects.toMatchObject({
      code: 'resource-duplicate',
      blame: 'input',
      message:
        'two resources have the identity Role sinker in namespace kubevirt-prow-jobs, ' +
        'from prow-deploy/kustom/base/manifests/test_infra/current/sinker_rbac.yaml:54:1 ' +
        'and prow-deploy/kustom/overlays/ibmcloud-production/resources/sinker-rbac.yaml:1:1',
    })
  })
})
