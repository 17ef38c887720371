import { diskView, Tree } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { buildKustomize, type Kustomize, KustomizeFault, walkInputs } from '../src/index.ts'
import { formatFault } from './format-fault.ts'
import { allKustomizes, kustomize4 } from './oracles.ts'
import { makeTree, removeTrees } from './scratch-tree.ts'

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const ROLE = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: sinker, namespace: NS}\n'
const CUSTOM = 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n'
const SECRET = 'hunter2-is-secret'

interface Case {
  readonly title: string
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** `code position: message`, or its start and a star. */
  readonly says: string
}

const CASES: readonly Case[] = [
  {
    title: 'a resource that is not YAML, with the line in the file',
    files: { 'kustomization.yaml': 'resources: [b.yaml]\n', 'b.yaml': `${CM}---\na: b: c\n` },
    says: 'resource-invalid b.yaml:5:4: this is not YAML: mapping values are not allowed in this context',
  },
  {
    title: 'a resource that is not YAML, in a file that is named after the resource',
    files: {
      'kustomization.yaml': 'resources: [web/image-puller.yaml]\n',
      'web/image-puller.yaml': 'kind: DaemonSet\nmetadata:\n  name: image-puller\n  folder: web\nx: [\n',
    },
    says: 'resource-invalid web/image-puller.yaml:*',
  },
  {
    title: 'a duplicate key in a resource, where kustomize names no file',
    files: {
      'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n',
      'a.yaml': CM,
      'b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata:\n  x: "1"\n  x: "2"\n',
    },
    says: 'resource-invalid b.yaml:6:3: duplicate key "x"',
  },
  {
    title: 'a resource that is not a Kubernetes object',
    files: { 'kustomization.yaml': 'resources: [b.yaml]\n', 'b.yaml': 'just: data\n' },
    says: 'resource-invalid b.yaml:1:1: this is not a Kubernetes object: it needs apiVersion, kind and metadata.name',
  },
  {
    title: 'a resource without a name',
    files: {
      'kustomization.yaml': 'resources: [b.yaml]\n',
      'b.yaml': `${CM}---\napiVersion: v1\nkind: ConfigMap\n`,
    },
    says: 'resource-invalid b.yaml:5:1: this is not a Kubernetes object: it needs apiVersion, kind and metadata.name',
  },
  {
    title: 'one resource in two files',
    files: { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'a.yaml': CM, 'b.yaml': CM },
    says: 'resource-duplicate: two resources have the identity ConfigMap a, from a.yaml:1:1 and b.yaml:1:1',
  },
  {
    title: 'two resources that a patch makes equal, where kustomize panics',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml, b.yaml, c.yaml]\npatches:\n- target: {kind: Role, namespace: one}\n  patch: |-\n    - {op: replace, path: /metadata/namespace, value: two}\n',
      'a.yaml': ROLE.replace('NS', 'other'),
      'b.yaml': ROLE.replace('NS', 'one'),
      'c.yaml': ROLE.replace('NS', 'two'),
    },
    says: 'resource-duplicate: two resources have the identity Role sinker in namespace two, from b.yaml:1:1 and c.yaml:1:1',
  },
  {
    title: 'two resources that a namespace makes equal',
    files: {
      'kustomization.yaml': 'namespace: two\nresources: [a.yaml, b.yaml]\n',
      'a.yaml': ROLE.replace('NS', 'other'),
      'b.yaml': ROLE.replace('NS', 'one'),
    },
    says: 'resource-duplicate: two resources have the identity Role sinker in namespace two, from a.yaml:1:1 and b.yaml:1:1',
  },
  {
    title: 'a strategic merge patch for a missing resource',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatchesStrategicMerge: [p.yaml]\n',
      'a.yaml': CM,
      'p.yaml': CM.replace('name: a', 'name: other'),
    },
    says: 'patch-unmatched p.yaml:1:1: the patch is for ConfigMap other, which is not among the resources',
  },
  {
    title: 'a patch for a missing resource',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': CM,
      'p.yaml': CM.replace('name: a', 'name: other'),
    },
    says: 'patch-unmatched p.yaml:1:1: the patch is for ConfigMap other, which is not among the resources',
  },
  {
    title: 'an operation that removes a missing path',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
      'a.yaml': CM,
      'p.yaml': '- op: remove\n  path: /data/x\n',
    },
    says: 'patch-failed p.yaml:2:9: the patch cannot remove /data/x: the resource has no such path',
  },
  {
    title: 'an operation that replaces a missing path, inline',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - op: replace\n      path: /data/x\n      value: 1\n',
      'a.yaml': CM,
    },
    says: 'patch-failed kustomization.yaml:6:13: the patch cannot replace /data/x: the resource has no such path',
  },
  {
    title: 'an operation that removes a missing path, inline in double quotes',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- target: {kind: ConfigMap}\n  patch: "[{\\"op\\": \\"remove\\", \\"path\\": \\"/data/x\\"}]"\n',
      'a.yaml': CM,
    },
    says: 'patch-failed kustomization.yaml:4:45: the patch cannot remove /data/x: the resource has no such path',
  },
  {
    title: 'an inline patch for a missing resource',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatches:\n- patch: "{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}"\n',
      'a.yaml': CM,
    },
    says: 'patch-unmatched kustomization.yaml:3:10: the patch is for ConfigMap other, which is not among the resources',
  },
  {
    title: 'an operation that adds below a missing path',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
      'a.yaml': CM,
      'p.yaml': '[{"op": "add", "path": "/spec/x/y", "value": 1}]\n',
    },
    says: 'patch-failed p.yaml:1:25: the patch cannot add /spec/x/y: the resource has no such path',
  },
  {
    title: 'an operation that tests another value',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
      'a.yaml': CM,
      'p.yaml': `- {op: test, path: /metadata/name, value: ${SECRET}}\n`,
    },
    says: 'patch-failed p.yaml:1:20: the patch tests /metadata/name, which has another value',
  },
  {
    title: 'a patch without a target that is not a resource',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': CM,
      'p.yaml': `stringData: {password: ${SECRET}}\n`,
    },
    says: 'patch-invalid p.yaml:1:1: this is neither a list of operations nor a patch with apiVersion, kind and metadata.name',
  },
  {
    title: 'an invalid patch with a backquote',
    files: {
      'kustomization.yaml': `resources: [a.yaml]\npatches:\n- patch: "a: '\`: ${SECRET}'"\n  target: {kind: ConfigMap}\n`,
      'a.yaml': CM,
    },
    says: 'patch-invalid kustomization.yaml:3:10: this is neither*',
  },
  {
    title: 'operations without a target',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': CM,
      'p.yaml': '- {op: remove, path: /data}\n',
    },
    says: 'patch-invalid p.yaml:1:1: a patch that is a list of operations must have a target',
  },
  {
    title: 'a duplicate generator',
    files: {
      'kustomization.yaml':
        'secretGenerator:\n- name: s\n  literals: [k=hunter2-is-secret]\n- name: s\n  literals: [k=hunter2-is-secret]\n',
    },
    says: 'resource-duplicate kustomization.yaml:4:3: Secret s is generated twice without a behavior',
  },
  {
    title: 'a generator with nothing to merge with',
    files: { 'kustomization.yaml': 'configMapGenerator:\n- name: m\n  behavior: merge\n  literals: [a=b]\n' },
    says: 'build-failed kustomization.yaml:2:3: ConfigMap m cannot be merged or replaced: no base generates it',
  },
  {
    title: 'an env file of a secret that is not UTF-8',
    files: {
      'kustomization.yaml': 'secretGenerator:\n- name: m\n  envs: [e.env]\n',
      'e.env': Uint8Array.of(...Buffer.from(`PASSWORD=${SECRET}`), 0xff, 0xfe),
    },
    says: 'value-invalid e.env:1:1: this env file is not UTF-8 text',
  },
  {
    title: 'a tab that only kustomize rejects',
    files: { 'kustomization.yaml': 'resources: [a.yaml]\n\t\n', 'a.yaml': CM },
    says: 'kustomization-syntax kustomization.yaml:2:1: this is not YAML: found character that cannot start any token',
  },
  {
    title: 'a tab that only kustomize rejects, in a base',
    files: {
      'kustomization.yaml': 'resources: [b]\n',
      'b/kustomization.yaml': 'resources: [a.yaml]\n\t\n',
      'b/a.yaml': CM,
    },
    says: 'kustomization-syntax b/kustomization.yaml:2:1: this is not YAML: found character that cannot start any token',
  },
  {
    title: 'operations that are not YAML',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesJson6902: [{path: p.yaml, target: {kind: ConfigMap, name: a}}]\n',
      'a.yaml': CM,
      'p.yaml': `- op: add\n  path: /a\n value: ${SECRET}\n`,
    },
    says: 'patch-invalid p.yaml:3:1: this is not YAML*',
  },
  {
    title: 'an empty list of operations that every version rejects',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesJson6902:\n- path: p.yaml\n  target: {kind: ConfigMap, name: a}\n',
      'a.yaml': CM,
      'p.yaml': '[]\n',
    },
    says: 'patch-empty kustomization.yaml:3:9: patch p.yaml is empty, which kustomize rejects',
  },
  {
    title: 'a label whose key is a number',
    files: {
      'kustomization.yaml': 'resources: [s.yaml]\ncommonLabels: {1: a}\n',
      's.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: ${SECRET}}\n`,
    },
    says: 'value-type: a map of . has a key that is not text, such as 1 or y',
  },
  {
    title: 'two secrets that a namespace makes equal, which kustomize prints completely',
    files: {
      'kustomization.yaml': 'namespace: two\nresources: [s.yaml]\n',
      's.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\nstringData: {a: ${SECRET}}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: b}\nstringData: {a: ${SECRET}}\n`,
    },
    says: 'resource-duplicate: two resources have the identity Secret s in namespace two, from s.yaml:1:1 and s.yaml:6:1',
  },
  {
    title: 'a file that is listed twice',
    files: { 'kustomization.yaml': 'resources: [a.yaml, a.yaml]\n', 'a.yaml': CM },
    says: 'resource-duplicate: ConfigMap a is in the build more than once: a.yaml is listed at kustomization.yaml:1:13 and kustomization.yaml:1:21',
  },
  {
    title: 'a base that is listed twice',
    files: {
      'kustomization.yaml': 'resources: [b, ./b]\n',
      'b/kustomization.yaml': 'resources: [a.yaml]\n',
      'b/a.yaml': CM,
    },
    says: 'resource-duplicate: ConfigMap a is in the build more than once: b/a.yaml is listed at kustomization.yaml:1:13 and kustomization.yaml:1:16',
  },
  {
    title: 'an invalid configuration',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nconfigurations: [c.yaml]\n',
      'a.yaml': CM,
      'c.yaml': `namePrefix: ${SECRET}\n`,
    },
    says: 'value-invalid: c.yaml is not a transformer configuration: cannot unmarshal string into Go struct field *',
  },
  {
    title: 'a target that is not a pattern',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: "a(b"}}]\n',
      'a.yaml': CM,
      'p.yaml': '- {op: remove, path: /data}\n',
    },
    says: 'build-failed: kustomize cannot build .: error parsing regexp: missing closing ): `^(?:a(b)$`',
  },
  {
    title: 'replicas of a missing resource',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nreplicas: [{name: nope, count: 2}]\n',
      'a.yaml': CM,
    },
    says: 'build-failed: kustomize cannot build .: resource with name nope does not match a config with the following GVK*',
  },
  {
    title: 'a replacement from a missing resource',
    files: {
      'kustomization.yaml':
        'resources: [a.yaml]\nreplacements:\n- source: {kind: X, name: z}\n  targets: [{select: {kind: ConfigMap}, fieldPaths: [data.x]}]\n',
      'a.yaml': CM,
    },
    says: 'build-failed: kustomize cannot build .: nothing selected by X.[noVer].[noGrp]/z.[noNs]',
  },
  {
    title: 'an invalid name under images, where kustomize panics',
    files: {
      'kustomization.yaml': 'resources: [p.yaml]\nimages: [{name: "a(b", newTag: x}]\n',
      'p.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: a}]}\n',
    },
    says: 'value-invalid: kustomize*',
  },
  {
    title: 'an empty CRD file, where kustomize panics',
    files: { 'kustomization.yaml': 'resources: [a.yaml]\ncrds: [c.yaml]\n', 'a.yaml': CM, 'c.yaml': '' },
    says: 'value-invalid: a file under crds is empty',
  },
  {
    title: 'an invalid schema, where kustomize panics',
    files: {
      'kustomization.yaml': 'resources: [a.yaml]\nopenapi: {path: s.json}\n',
      'a.yaml': CUSTOM,
      's.json': '{',
    },
    says: 'value-invalid: the file under openapi.path is not an OpenAPI schema',
  },
]

describe('a failed build is explained in one sentence', () => {
  let binaries: Kustomize[]
  beforeAll(async () => {
    binaries = await allKustomizes()
  })
  afterAll(removeTrees)

  test('of a patch with several documents, which only newer versions read', async () => {
    const root = await makeTree({
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesStrategicMerge: [q.yaml]\npatches: [{path: p.yaml}]\n',
      'a.yaml': CM,
      'q.yaml': `${CM}---\n${CM}`,
      'p.yaml': `${CM}---\n${CM}`,
    })
    const shown = (path: string): string => (path === root ? '.' : path.replace(`${root}/`, ''))
    const kustomize = await kustomize4()
    const tree = new Tree(diskView, { boundary: [root], shown })
    const graph = walkInputs(root, { tree, version: kustomize.version })
    const fault = await buildKustomize({ kustomize, root, graph, shown }).catch((error: unknown) => error)
    if (!(fault instanceof KustomizeFault)) throw fault
    expect(formatFault(fault, 'none')).toBe(
      'patch-invalid p.yaml:1:1: a patch has several documents, which kustomize reads since 5.2, and 4.5.4 is pinned',
    )
    expect(fault.hint).toBe('write each document as its own patch, or pin a newer kustomize')
  })

  test.each(CASES.map((row) => [row.title, row] as const))('%s', async (_title, { files, says }) => {
    const root = await makeTree(files)
    const shown = (path: string): string => (path === root ? '.' : path.replace(`${root}/`, ''))
    for (const kustomize of binaries) {
      const graph = walkInputs(root, {
        tree: new Tree(diskView, { boundary: [root], shown }),
        version: kustomize.version,
      })
      expect(graph.faults.map(({ message }) => message)).toEqual([])
      const fault = await buildKustomize({ kustomize, root, graph, shown }).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (!(fault instanceof KustomizeFault)) throw fault ?? new Error('it was built')
      const line = formatFault(fault, 'none')
      const said = says.endsWith('*') ? `${line.slice(0, says.length - 1)}*` : line
      expect(`${kustomize.version} ${said}`).toBe(`${kustomize.version} ${says}`)
      expect(`${fault.message} ${fault.hint} ${fault.details.join()} ${fault.verbose}`).not.toContain(
        'hunter2',
      )
      expect(fault.message).not.toMatch(/goroutine|panic|\/tmp\//u)
      expect(fault.blame).toBe('input')
    }
  })
})
