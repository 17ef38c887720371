import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { diskView, Tree } from '@overlay-render/system'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type InputGraph, type Kustomize, walkInputs } from '../src/index.ts'
import { formatFaults } from './format-fault.ts'
import { allKustomizes } from './oracles.ts'
import { makeTree, removeTrees, stageGraph } from './scratch-tree.ts'

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'
const PATCH = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: y}\n'
const BASE = { 'base/kustomization.yaml': 'resources: [cm.yaml]\n', 'base/cm.yaml': CM }
const COMPONENT = { 'part/kustomization.yaml': 'kind: Component\nresources: [cm.yaml]\n', 'part/cm.yaml': CM }

interface Case {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  /** Every fault as a line: code, position, message and hint. */
  readonly faults: readonly string[]
  /** The kustomize versions that build the tree; none when absent. */
  readonly builds?: '4' | '5' | 'both'
  readonly root?: string
}

const CASES: readonly Case[] = [
  {
    title: 'no kustomization',
    files: { 'cm.yaml': CM },
    faults: ['kustomization-missing: . has no kustomization.yaml, kustomization.yml or Kustomization'],
  },
  {
    title: 'two kustomizations',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\n',
      Kustomization: 'resources: [cm.yaml]\n',
      'cm.yaml': CM,
    },
    faults: [
      'kustomization-ambiguous: . has 2 kustomizations, kustomization.yaml and Kustomization (keep one of them)',
    ],
  },
  {
    title: 'a second kustomization that is a broken link',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\n', Kustomization: '-> nowhere', 'cm.yaml': CM },
    faults: [],
    builds: 'both',
  },
  {
    title: 'a kustomization that links out of its folder',
    files: {
      'ov/kustomization.yaml': '-> ../other.yaml',
      'other.yaml': 'resources: [cm.yaml]\n',
      'ov/cm.yaml': CM,
    },
    root: 'ov',
    faults: [
      'kustomization-missing: ov has no kustomization.yaml, kustomization.yml or Kustomization: kustomization.yaml is a link to other.yaml, which is outside the folder, and kustomize does not follow such a link',
    ],
  },
  {
    title: 'a kustomization that is not YAML',
    files: { 'kustomization.yaml': 'resources:\n- cm.yaml\n  x: [\n' },
    faults: ['kustomization-syntax 2:3: this is not YAML: *'],
  },
  {
    title: 'a tab for indentation',
    files: { 'kustomization.yaml': 'resources:\n\t- cm.yaml\n', 'cm.yaml': CM },
    faults: ['kustomization-syntax 2:1: this is not YAML: *'],
  },
  {
    title: 'a BOM and CRLF line ends',
    files: { 'kustomization.yaml': '\uFEFFresources:\r\n- cm.yaml\r\n', 'cm.yaml': CM },
    faults: [],
    builds: 'both',
  },
  {
    title: 'a duplicate key, which kustomize accepts silently',
    files: { 'kustomization.yaml': 'resources: [x.yaml]\nresources: [cm.yaml]\n', 'cm.yaml': CM },
    faults: ['key-duplicate 2:1: duplicate key "resources" *'],
    builds: 'both',
  },
  {
    title: 'a duplicate key in another case',
    files: { 'kustomization.yaml': 'Resources: [cm.yaml]\nresources: [cm.yaml]\n', 'cm.yaml': CM },
    faults: ['key-duplicate 2:1: duplicate key "resources" *'],
    builds: 'both',
  },
  {
    title: 'a key in another case',
    files: { 'kustomization.yaml': 'RESOURCES: [cm.yaml]\n', 'cm.yaml': CM },
    faults: [],
    builds: 'both',
  },
  {
    title: 'an unknown key',
    files: { 'kustomization.yaml': 'resource: [cm.yaml]\n', 'cm.yaml': CM },
    faults: ['key-unknown 1:1: kustomize has no key "resource" (did you mean "resources"?)'],
  },
  {
    title: 'an unknown nested key',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\npatches:\n- patch: |\n    {}\n  targets: {}\n',
      'cm.yaml': CM,
    },
    faults: ['key-unknown 5:3: kustomize has no key "targets" in patches[0] (did you mean "target"?)'],
  },
  {
    title: 'a key of a later version',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\nsortOptions: {order: fifo}\n', 'cm.yaml': CM },
    faults: ['key-unknown 2:1: kustomize 4.5.4 has no key "sortOptions", which was added in 5.0.0'],
    builds: '5',
  },
  {
    title: 'anchors under an unknown key',
    files: { 'kustomization.yaml': 'x-anchors: &a [cm.yaml]\nresources: *a\n', 'cm.yaml': CM },
    faults: ['key-unknown 1:1: kustomize has no key "x-anchors"'],
  },
  {
    title: 'a boolean of YAML 1.1 instead of text',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\nnamePrefix: yes\n', 'cm.yaml': CM },
    faults: [
      'value-type 2:13: namePrefix must be text, but is a boolean (YAML 1.1 does not read this as text: put quotes around it)',
    ],
  },
  {
    title: 'a number instead of text',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\nnameSuffix: 012\n', 'cm.yaml': CM },
    faults: ['value-type 2:13: nameSuffix must be text, but is a number *'],
  },
  {
    title: 'a date instead of text',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\nnameSuffix: 2026-11-20\n', 'cm.yaml': CM },
    faults: [],
    builds: 'both',
  },
  {
    title: 'text instead of a list',
    files: { 'kustomization.yaml': 'resources: cm.yaml\n', 'cm.yaml': CM },
    faults: ['value-type 1:12: resources must be a list, but is text'],
  },
  {
    title: 'an unknown kind',
    files: { 'kustomization.yaml': 'kind: Overlay\nresources: [cm.yaml]\n', 'cm.yaml': CM },
    faults: ['value-invalid 1:7: kind must be Kustomization or Component, and is "Overlay"'],
  },
  {
    title: 'a wrong apiVersion',
    files: {
      'kustomization.yaml': 'apiVersion: v1\nkind: Kustomization\nresources: [cm.yaml]\n',
      'cm.yaml': CM,
    },
    faults: [
      'value-invalid 1:13: apiVersion of a Kustomization must be kustomize.config.k8s.io/v1beta1, and is "v1"',
    ],
  },
  {
    title: 'an empty entry',
    files: { 'kustomization.yaml': 'resources:\n- cm.yaml\n-\n', 'cm.yaml': CM },
    faults: ['value-invalid 3:2: an entry is empty where a path is expected'],
  },
  {
    title: 'an absolute path',
    files: { 'kustomization.yaml': 'resources: [/etc/hostname]\n' },
    faults: [
      'absolute-path 1:13: "/etc/hostname" is an absolute path, which works only on one machine (write it relative to .)',
    ],
  },
  {
    title: 'a file outside of the folder',
    files: { 'ov/kustomization.yaml': 'resources: [../cm.yaml]\n', 'cm.yaml': CM },
    root: 'ov',
    faults: [
      'outside-folder ov/kustomization.yaml:1:13: cm.yaml is outside ov, the folder of the kustomization that refers to it *',
    ],
  },
  {
    title: 'a link out of the folder',
    files: {
      'ov/kustomization.yaml': 'resources: [cm.yaml]\n',
      'ov/cm.yaml': '-> ../cm.yaml',
      'cm.yaml': CM,
    },
    root: 'ov',
    faults: [
      'outside-folder ov/kustomization.yaml:1:13: ov/cm.yaml is a link to cm.yaml, which is outside ov, the folder of the kustomization that refers to it *',
    ],
  },
  {
    title: 'a link inside the folder',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\n',
      'cm.yaml': '-> deep/real.yaml',
      'deep/real.yaml': CM,
    },
    faults: [],
    builds: 'both',
  },
  {
    title: 'a base through a link, whose paths are relative to the target of the link',
    files: {
      'ov/kustomization.yaml': 'resources: [link]\n',
      'ov/link': '-> ../deep/er/base',
      'deep/er/base/kustomization.yaml': 'resources: [../other]\n',
      'deep/er/other/kustomization.yaml': 'resources: [cm.yaml]\n',
      'deep/er/other/cm.yaml': CM,
    },
    root: 'ov',
    faults: [],
    builds: 'both',
  },
  {
    title: 'a link to itself',
    files: { 'kustomization.yaml': 'resources: [cm.yaml]\n', 'cm.yaml': '-> cm.yaml' },
    faults: ['link-loop 1:13: cm.yaml is a link that leads back to itself'],
  },
  {
    title: 'a component listed as a resource',
    files: { 'ov/kustomization.yaml': 'resources: [../part]\n', ...COMPONENT },
    root: 'ov',
    faults: [
      'kind-mismatch ov/kustomization.yaml:1:13: part is a Component, not a Kustomization (list it under components)',
    ],
  },
  {
    title: 'a base listed as a component',
    files: { 'ov/kustomization.yaml': 'components: [../base]\n', ...BASE },
    root: 'ov',
    faults: [
      'kind-mismatch ov/kustomization.yaml:1:14: base is a Kustomization, not a Component (list it under resources)',
    ],
  },
  {
    title: 'a file listed as a component',
    files: { 'kustomization.yaml': 'components: [cm.yaml]\n', 'cm.yaml': CM },
    faults: ['input-not-a-folder 1:14: cm.yaml is not a folder'],
  },
  {
    title: 'a folder where a patch is expected',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\npatchesStrategicMerge: [d]\n',
      'cm.yaml': CM,
      'd/x': '',
    },
    faults: ['input-not-a-file 2:25: d is a folder, but a file is expected'],
  },
  {
    title: 'a folder without a kustomization as a resource',
    files: { 'kustomization.yaml': 'resources: [d]\n', 'd/x': '' },
    faults: ['kustomization-missing 1:13: d has no kustomization.yaml, kustomization.yml or Kustomization'],
  },
  {
    title: 'two kustomizations that refer to each other',
    files: { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' },
    root: 'a',
    faults: ['cycle b/kustomization.yaml:1:13: the kustomizations form a cycle: a -> b -> a'],
  },
  {
    title: 'a folder that contains the kustomization that refers to it',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\n',
      'cm.yaml': CM,
      'ov/kustomization.yaml': 'resources: [..]\n',
    },
    root: 'ov',
    faults: [
      'cycle ov/kustomization.yaml:1:13: . contains the kustomization that refers to it, which kustomize reports as a cycle',
    ],
  },
  {
    title: 'several faults at once',
    files: {
      'ov/kustomization.yaml':
        'resources:\n- ../part\n- /x\n- missing.yaml\n- https://example.com/a.yaml\nfoo: 1\n',
      ...COMPONENT,
    },
    root: 'ov',
    faults: [
      'key-unknown ov/kustomization.yaml:6:1: kustomize has no key "foo"',
      'kind-mismatch ov/kustomization.yaml:2:3: part is a Component, not a Kustomization (list it under components)',
      'absolute-path ov/kustomization.yaml:3:3: "/x" is an absolute path, which works only on one machine (write it relative to ov)',
      'network-refused ov/kustomization.yaml:5:3: "https://example.com/a.yaml" is a URL, and network access is off *',
      'input-missing ov/kustomization.yaml:4:3: resource ov/missing.yaml does not exist *',
    ],
  },
  {
    title: 'a helm chart without a version, and one without a copy',
    files: {
      'kustomization.yaml':
        'helmCharts:\n- name: x\n  repo: https://example.com\n- {name: z, repo: https://example.com, version: 1.0.0}\n',
    },
    faults: [
      'chart-refused 2:3: chart x has no version, so each build may get a different one *',
      'chart-refused 4:3: chart z 1.0.0 of https://example.com has no copy in the tree, and network access is off *',
    ],
  },
  {
    title: 'an external plugin',
    files: {
      'kustomization.yaml': 'transformers: [t.yaml]\n',
      't.yaml': 'apiVersion: example.com/v1\nkind: Renamer\nmetadata: {name: x}\n',
    },
    faults: [
      'plugin-refused t.yaml:1:1: Renamer is for an external plugin, and external plugins are not run *',
    ],
  },
  {
    title: 'a function in a container',
    files: {
      'kustomization.yaml':
        'generators:\n- |\n  apiVersion: builtin\n  kind: Foo\n  metadata:\n    name: x\n    annotations: {config.kubernetes.io/function: "container: {image: x}"}\n',
    },
    faults: ['plugin-refused 2:3: Foo is for an external plugin, and external plugins are not run *'],
  },
  {
    title: 'paths in a plugin configuration, relative to the kustomization that lists it',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\ntransformers: [sub/t.yaml]\n',
      'cm.yaml': CM,
      'sub/t.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: p.yaml\n',
      'p.yaml': PATCH,
    },
    faults: [],
    builds: 'both',
  },
  {
    title: 'a missing file in a plugin configuration',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\ntransformers: [sub/t.yaml]\n',
      'cm.yaml': CM,
      'sub/t.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: p.yaml\n',
      'sub/p.yaml': PATCH,
    },
    faults: ['input-missing sub/t.yaml:4:7: patch p.yaml does not exist *'],
  },
  {
    title: 'plugin configurations from a folder that does not change them',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\ntransformers: [sub]\n',
      'cm.yaml': CM,
      'sub/kustomization.yaml': 'resources: [t.yaml]\n',
      'sub/t.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: p.yaml\n',
      'p.yaml': PATCH,
    },
    faults: [],
    builds: 'both',
  },
  {
    title: 'plugin configurations from a folder that changes them',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\ntransformers: [sub]\n',
      'cm.yaml': CM,
      'sub/kustomization.yaml': 'resources: [t.yaml]\nnamePrefix: x-\n',
      'sub/t.yaml': 'apiVersion: builtin\nkind: PatchTransformer\nmetadata: {name: x}\npath: p.yaml\n',
      'p.yaml': PATCH,
    },
    faults: [
      'plugin-changed sub/kustomization.yaml:2:1: sub changes plugin configurations with "namePrefix", so the files that they read are unknown before the build *',
    ],
    builds: 'both',
  },
  {
    title: 'an env file with a line whose value kustomize 4 takes from the environment',
    files: {
      'kustomization.yaml': 'configMapGenerator:\n- name: a\n  envs: [e.env]\n',
      'e.env': '# comment\n\nA=1\nHOME\n',
    },
    faults: [
      'environment-read e.env:4:1: this line has no "=", so kustomize 4.5.4 would take the value from the environment (write NAME=value)',
    ],
    builds: 'both',
  },
  {
    title: 'a JSON6902 patch without a target, where kustomize crashes',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\npatchesJson6902:\n- path: p.yaml\n',
      'cm.yaml': CM,
      'p.yaml': '[]',
    },
    faults: ['value-invalid 3:3: an entry of patchesJson6902 must have a target'],
  },
  {
    title: 'a literal of one quote mark, where kustomize 4 crashes',
    files: { 'kustomization.yaml': "configMapGenerator:\n- name: a\n  literals:\n  - k='\n" },
    faults: ['value-invalid 4:5: the literal "k" is a single quote mark, and kustomize 4.5.4 crashes'],
    builds: '5',
  },
  {
    title: 'a literal without a key, which may be a secret',
    files: { 'kustomization.yaml': 'secretGenerator:\n- name: a\n  literals: [hunter2]\n' },
    faults: ['value-invalid 3:14: a literal must be key=value'],
  },
  {
    title: 'a generator file with two equals signs',
    files: { 'kustomization.yaml': 'configMapGenerator:\n- name: a\n  files: [a=b=c]\n' },
    faults: ['value-invalid 3:11: "a=b=c" must be a path, or key=path with one "="'],
  },
  {
    title: 'patches with paths, which kustomize 5 does not support',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\npatches: [p.yaml]\n',
      'cm.yaml': CM,
      'p.yaml': PATCH,
    },
    faults: [],
    builds: '4',
  },
  {
    title: 'inline patches, which are not references',
    files: {
      'kustomization.yaml': `resources: [cm.yaml]\npatchesStrategicMerge:\n- |-\n  ${PATCH.replaceAll('\n', '\n  ')}\n- ''\n`,
      'cm.yaml': CM,
    },
    faults: [],
    builds: 'both',
  },
  {
    title: 'a merge key that overrides earlier keys',
    files: {
      'kustomization.yaml':
        'configMapGenerator:\n- &g\n  name: g\n  files: [x.txt]\n- files: [missing.txt]\n  <<: *g\n  # the anchor above wins\n  namespace: other\n',
      'x.txt': 'x',
    },
    faults: [],
    builds: 'both',
  },
  {
    title: 'an empty list of operations, which kustomize 4 and 5.8 accept',
    files: {
      'kustomization.yaml': 'resources: [cm.yaml]\npatches:\n- path: p.yaml\n  target: {kind: ConfigMap}\n',
      'cm.yaml': CM,
      'p.yaml': '[]\n',
    },
    faults: [],
    builds: 'both',
  },
]

let binaries: Kustomize[]

beforeAll(async () => {
  binaries = await allKustomizes()
})
afterAll(removeTrees)

describe('faults are found before a build', () => {
  test.each(CASES.map((row) => [row.title, row] as const))(
    '%s',
    async (_title, { files, faults, builds, root = '.' }) => {
      const tree = await makeTree(files)
      const folder = join(tree, root)
      const graph: InputGraph = walkInputs(folder, {
        tree: new Tree(diskView, {
          boundary: [tree],
          shown: (path) => (path === tree ? '.' : path.replace(`${tree}/`, '')),
        }),
        version: '4.5.4',
      })
      expect(formatFaults(graph, faults)).toEqual(faults)
      const isWhole = graph.faults.length + graph.missing.length === 0
      const stage = isWhole ? await stageGraph(graph, tree) : undefined
      // Compare with the real kustomize, so that no valid tree is rejected and no invalid one is accepted.
      for (const { path, version } of binaries) {
        const env = { PATH: '/nowhere', HTTPS_PROXY: 'http://127.0.0.1:9' }
        const { status, stdout } = spawnSync(path, ['build', folder], { env, cwd: '/' })
        const works = builds === 'both' || builds === version[0]
        expect([version, status === 0]).toEqual([version, works])
        const staged =
          stage === undefined ? stdout : spawnSync(path, ['build', stage], { env, cwd: '/' }).stdout
        expect(staged.toString()).toBe(stdout.toString())
      }
    },
  )
})
