import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { makeTemporaryFolder, type TemporaryFolder } from '@overlay-render/system'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parse } from 'yaml'

import { initWorkspace, openWorkspace, type Workspace } from '../src/index.ts'

// init reads a tree, and writes a configuration that renders it.

let tree: TemporaryFolder
beforeEach(async () => {
  tree = await makeTemporaryFolder('init-test')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await tree.dispose()
})

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree.path, path)), { recursive: true })
    writeFileSync(join(tree.path, path), text)
  }
}

const overlaysOf = ({ overlays }: Workspace): string[] => overlays.map(({ name }) => name)

const CM = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n'
/** A deployment with a playbook: the testing overlay is a copy of production, and a template makes a resource. */
const KUBEVIRT = {
  'files/config.yaml': 'plank: {}\n',
  'kustom/base/kustomization.yaml': 'resources: [a.yaml]\n',
  'kustom/base/a.yaml': CM,
  'kustom/base/rbac.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: rbac}\ndata:\n  users: "{% for user in prowAdmins %}{{ user }} {% endfor %}{{ team }}"\n',
  'kustom/overlays/production/kustomization.yaml': 'resources: [../../base, resources/rbac.yaml]\n',
  'kustom/overlays/testing/yq_scripts/config.yaml': '.plank.x = 1\n',
  'kustom/overlays/testing/resources/pvc.yaml': CM,
  'tasks/resources.yml':
    '- name: rbac\n  template:\n    src: ../kustom/base/rbac.yaml\n    dest: "{{ resources }}/rbac.yaml"\n',
  'tasks/testing.yml':
    '- copy:\n    src: "{{ root }}/kustom/overlays/production/{{ item }}"\n  loop:\n  - kustomization.yaml\n',
  'vars/testing/main.yml': 'prowAdmins: [ada@example.com]\n',
}

test('for a tree with a playbook, init writes what the playbook does, and the tree renders at once', async () => {
  write(KUBEVIRT)
  const kustom = join(tree.path, 'kustom')
  execFileSync('git', ['init', '--quiet', tree.path])
  const { text, decisions, left } = await initWorkspace(kustom)
  expect(left).toEqual([])
  expect(text).toContain('configs: {base: ../files, files: [ config/config.yaml ]}')
  expect(text).toContain('extends: production')
  expect(text).toContain('# ../tasks/testing.yml:2:29 copies its kustomization')
  expect(text).toContain('- {from: base/rbac.yaml, to: resources/rbac.yaml}')
  expect(text).toContain('prowAdmins: [ ada@example.com ]')
  expect(text).toContain('# the tree does not hold team: fill it in')
  expect(decisions.join('\n')).toContain('overlays/testing: starts from production')
  expect(readFileSync(join(kustom, 'overlay-render.yaml'), 'utf8')).toBe(text)
  const workspace = await openWorkspace(kustom)
  const { manifests } = await workspace.render('testing', { secrets: 'stub' })
  expect(Buffer.from(manifests).toString()).toContain('ada@example.com')
})

test('overlays are found in any folder; those with remote resources are left out, with the reason', async () => {
  write({
    'apps/web/kustomization.yaml': 'resources: [../../lib/base, web.yaml]\n',
    'apps/web/web.yaml': CM,
    'lib/base/kustomization.yaml': 'resources: [a.yaml]\n',
    'lib/base/a.yaml': CM.replace('name: a', 'name: b'),
    'lib/part/kustomization.yaml': 'kind: Component\napiVersion: kustomize.config.k8s.io/v1alpha1\n',
    'cluster/kustomization.yaml': 'resources: [https://example.com/crds.yaml]\n',
    'charts/kustomization.yaml': 'helmCharts: [{name: traefik}]\n',
  })
  const { overlays, left, text } = await initWorkspace(tree.path)
  expect(overlays).toEqual(['apps/web'])
  expect(left.map(({ path }) => path)).toEqual(['charts', 'cluster'])
  expect(text).toContain(
    `  # it builds on https://example.com/crds.yaml, which is not in the tree. To render it, list it, and run overlay-render vendor:
  # - cluster
`,
  )
  expect(text).toContain(
    'To render it, list it, and pin a helm (helm: {version: …}) and run overlay-render vendor:\n  # - charts\n',
  )
  const workspace = await openWorkspace(tree.path)
  expect(workspace.overlays.map(({ name }) => name)).toEqual(['web'])
})

const REMOTES = {
  'own/kustomization.yaml': 'configMapGenerator: [{name: a}]\n',
  'cluster/kustomization.yaml': 'resources: [https://example.com/crds.yaml]\n',
  'charts/kustomization.yaml': 'helmCharts: [{name: traefik, repo: https://example.com, version: 1.0.0}]\n',
}

test('with --vendor, overlays with remote resources are listed; those with charts need helm', async () => {
  write(REMOTES)
  vi.stubEnv('OVERLAY_RENDER_HELM', '/nowhere/helm')
  const without = await initWorkspace(tree.path, { vendor: true })
  expect(without.overlays).toEqual(['cluster', 'own'])
  expect(without.left).toMatchObject([{ path: 'charts', isRemote: true }])
  expect(without.text).not.toContain('\nhelm:')
})

test('overlays with vendored remotes are listed, and the vendored copies are not overlays', async () => {
  const sha256 = 'a'.repeat(64)
  write({
    ...REMOTES,
    'vendor/example.com/repo@1/kustomization.yaml': 'configMapGenerator: [{name: copy}]\n',
    'overlay-render.lock': `vendored:
  - url: "https://example.com/crds.yaml"
    sha256: "${sha256}"
charts:
  helm:
    version: "3.19.2"
    sha256: {}
  archives:
    - {repo: "https://example.com", name: "traefik", version: "1.0.0", url: "https://example.com/t.tgz", archive: "${sha256}", sha256: "${sha256}"}
`,
  })
  const { overlays, left, text } = await initWorkspace(tree.path)
  expect(overlays).toEqual(['charts', 'cluster', 'own'])
  expect(left).toEqual([])
  expect(text).toContain('\nhelm: {version: 3.19.2}\n')
})

/** Lines of a playbook that change files in place, the edit for each, and the reason where there is none. */
const IN_PLACE: readonly (readonly [line: string, edit: string | undefined, seen: string | undefined])[] = [
  [
    `yq -i '.data.a = "x"' {{ root }}/kustom/base/a.yaml`,
    `{file: ../../base/a.yaml, expression: '.data.a = "x"'}`,
    undefined,
  ],
  [
    `yq e -i 'del(.data.b)' $root/kustom/overlays/{{ env }}/own.yaml`,
    `{file: own.yaml, expression: del(.data.b)}`,
    undefined,
  ],
  [
    `yq w -i {{ root }}/kustom/overlays/{{ env }}/own.yaml data.b 10Gi`,
    `{file: own.yaml, expression: '.data.b = "10Gi"'}`,
    undefined,
  ],
  [
    `yq d -i {{ root }}/kustom/base/a.yaml data.b`,
    `{file: ../../base/a.yaml, expression: del(.data.b)}`,
    undefined,
  ],
  [
    `for name in a b; do\n      yq -i '.data.c = "d"' {{ root }}/kustom/base/\${name}.yaml\n    done`,
    `{file: ../../base/b.yaml, expression: '.data.c = "d"'}`,
    undefined,
  ],
  [`yq -i '.x = "{{ y }}"' {{ root }}/kustom/base/a.yaml`, undefined, 'its expression has variables'],
  [`yq -i '.x = 1' {{ root }}/kustom/base/{{ item }}`, undefined, 'the file that it changes is not clear'],
  [`yq -i '.x = 1' {{ root }}/kustom/nowhere.yaml`, undefined, 'the file that it changes is not clear'],
  [
    `yq m -i {{ root }}/kustom/base/a.yaml {{ root }}/kustom/base/b.yaml`,
    undefined,
    'yq m cannot be written as an edit',
  ],
  [`yq m -ix {{ root }}/kustom/base/a.yaml {{ root }}/kustom/base/b.yaml`, undefined, 'more options than -i'],
  [`yq '.x = 1' {{ root }}/kustom/base/a.yaml`, undefined, undefined],
  [`yq -i '.x = 1' /etc/other.yaml`, undefined, undefined],
]

test.each(IN_PLACE)(
  'a line that changes a file in place becomes an edit, or is reported: %s',
  async (line, edit, seen) => {
    write({
      ...KUBEVIRT,
      'kustom/base/b.yaml': CM.replace('name: a', 'name: b'),
      'kustom/overlays/production/own.yaml': 'data: {b: c}\n',
      'tasks/patch.yml': `- shell: |\n    ${line}\n`,
    })
    execFileSync('git', ['init', '--quiet', tree.path])
    const { text, decisions } = await initWorkspace(join(tree.path, 'kustom'))
    const { edits = [] } = parse(text).settings.testing
    // A loop also gives the edit of its other item.
    expect(edits.at(-1)).toEqual(edit === undefined ? undefined : parse(edit))
    const [, place, reason] = /# (\S+) changes a file, too: describe it .*\((.*)\)/u.exec(text) ?? []
    expect(place).toBe(seen === undefined ? undefined : '../tasks/patch.yml:2:5')
    expect(reason ?? '').toContain(seen ?? '')
    expect(decisions.join('\n').includes('changes a file with yq')).toBe(seen !== undefined)
  },
)

test.each([
  [
    { Dockerfile: 'RUN curl kustomize%2Fv3.8.7/kustomize_v3.8.7_linux_amd64.tar.gz\n' },
    'version: 3.8.7',
    'Dockerfile:1',
  ],
  [{ 'hack/deploy.sh': 'KUSTOMIZE_VERSION=v5.4.2\n' }, 'version: 5.4.2', 'hack/deploy.sh:1'],
  [
    {
      'hack/deploy.sh': 'KUBECTL_VERSION=1.34.2\nkubectl apply -k overlays/a\n',
      Makefile: 'KUSTOMIZE_VERSION ?= 5.4.2\n',
    },
    'kubectl: 1.34.2',
    'hack/deploy.sh:1',
  ],
  [
    { Dockerfile: 'ARG KUBECTL_VERSION=1.28.11\nRUN go install sigs.k8s.io/kustomize/kustomize/v5@v5.4.2\n' },
    'version: 5.4.2',
    'Dockerfile:2',
  ],
  [
    { 'hack/deploy.sh': 'KUBECTL_VERSION=1.34.2\nkubectl kustomize overlays/a | kubectl apply -f -\n' },
    'kubectl: 1.34.2',
    'because hack/deploy.sh:2:1 builds with kubectl',
  ],
  [
    { 'hack/tools.sh': 'KUBECTL_VERSION=1.34.2\nfor tool in kubectl kustomize helm; do\n' },
    'version: 4.5.4',
    'names no version',
  ],
  [{ Dockerfile: 'ARG KUBECTL_VERSION=1.28.11\n' }, 'version: 4.5.4', 'names no version'],
  [{ 'hack/deploy.sh': 'kubectl apply -k overlays/a\n' }, 'version: 4.5.4', 'hack/deploy.sh:1'],
  [{ 'hack/deploy.sh': 'KUSTOMIZE_VERSION=2.0.3\n' }, 'version: 4.5.4', 'names no version'],
])(
  'the kustomize version is the one that the tree deploys with: %j',
  async (files: Record<string, string>, pin, why) => {
    write({ 'overlays/a/kustomization.yaml': 'resources: [a.yaml]\n', 'overlays/a/a.yaml': CM, ...files })
    const { text } = await initWorkspace(tree.path)
    expect(text).toContain(`kustomize: {${pin}}`)
    expect(text).toContain(why)
  },
)

test('the kustomize version can be chosen', async () => {
  write({ 'overlays/a/kustomization.yaml': 'resources: [a.yaml]\n', 'overlays/a/a.yaml': CM })
  const { text } = await initWorkspace(tree.path, { pin: 'kubectl:1.34.2' })
  expect(text).toContain('kustomize: {kubectl: 1.34.2}')
  expect(text).not.toContain('overlays:')
})

test('an empty folder is an error, and so is a second run; nothing is overwritten', async () => {
  await expect(initWorkspace(tree.path)).rejects.toMatchObject({ code: 'overlay-unknown' })
  await expect(initWorkspace(join(tree.path, 'nowhere'))).rejects.toMatchObject({
    code: 'workspace-not-found',
  })
  write({ 'overlays/a/kustomization.yaml': 'resources: [a.yaml]\n', 'overlays/a/a.yaml': CM })
  const { text } = await initWorkspace(tree.path)
  await expect(initWorkspace(tree.path)).rejects.toMatchObject({ code: 'workspace-exists' })
  expect(readFileSync(join(tree.path, 'overlay-render.yaml'), 'utf8')).toBe(text)
})

test('all of 300 kustomizations are read, although some are not YAML', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 300 }, (_, at) => [
      [`apps/app-${at}/kustomization.yaml`, at % 50 === 0 ? 'resources: [}{\n' : 'resources: [a.yaml]\n'],
      [`apps/app-${at}/a.yaml`, CM],
    ]).flat(),
  )
  write(files)
  const { overlays } = await initWorkspace(tree.path)
  expect(overlays).toHaveLength(294)
})

test('folders with the same basename are named by their paths', async () => {
  write({
    'a/prod/kustomization.yaml': 'resources: []\n',
    'b/prod/kustomization.yaml': 'resources: []\n',
    'constructor/kustomization.yaml': 'resources: []\n',
  })
  await initWorkspace(tree.path)
  const workspace = await openWorkspace(tree.path)
  expect(workspace.overlays.map(({ name }) => name)).toEqual(['a/prod', 'b/prod', 'constructor'])
})

test("Prow's configuration is found in any folder, and can be checked at once", async () => {
  write({
    'prow/overlays/a/kustomization.yaml': 'resources: []\n',
    'prow/overlays/a/config.yaml': 'deck: {replicas: 1}\n',
    'prow/config/config.yaml': 'plank: {}\nprowjob_namespace: prow\n',
    'prow/config/plugins.yaml': 'plugins: {o/r: {plugins: [lgtm, triger]}}\n',
    'prow/config/jobs/o/r.yaml': 'periodics: [{name: p, interval: 1h, spec: {}}]\n',
  })
  const { text, decisions } = await initWorkspace(tree.path)
  expect(decisions).toContain("Prow's config is prow/config/config.yaml, with 1 job file in prow/config/jobs")
  expect(parse(text)).toMatchObject({
    prow: {
      config: 'prow/config/config.yaml',
      plugins: 'prow/config/plugins.yaml',
      jobs: ['prow/config/jobs'],
    },
  })
  const findings = await (await openWorkspace(tree.path)).checkProw()
  expect(findings.map(({ rule }) => rule).sort()).toEqual(['job-pod', 'plugin-names'])
})

test('job files next to the folder of the config are found; where there are none, init says so', async () => {
  write({
    'deploy/kustomization.yaml': 'resources: []\n',
    'config/prow/config.yaml': 'plank: {}\ntide: {}\n',
  })
  const { decisions } = await initWorkspace(tree.path)
  expect(decisions).toContain(
    "Prow's config is config/prow/config.yaml, and no folder of job files was found: name it under prow.jobs",
  )
  rmSync(join(tree.path, 'overlay-render.yaml'))
  write({ 'config/jobs/o/r.yaml': 'periodics: []\n' })
  const { text } = await initWorkspace(tree.path)
  expect(parse(text)).toMatchObject({ prow: { jobs: ['config/jobs'] } })
})

test('job files are found by their content, in the topmost folder that holds little else', async () => {
  const job = 'presubmits:\n  o/r: []\n'
  write({
    'deploy/kustomization.yaml': 'resources: []\n',
    'prow/config.yaml': `plank: {}\ntide: {}\n${job}`,
    'prow/plugins.yaml': 'plugins: {}\n',
    'prow/prowjobs/a/OWNERS': '',
    'prow/prowjobs/b/c/job.yml': job,
    'prow/prowjobs/.prow.yaml': job,
    'prow/generator/base.yaml': 'jobs: []\n',
    'prow/generator/testdata/job.yaml': job,
    'mixed/job.yaml': job,
    'mixed/other.yaml': 'a: 1\n',
    ...Object.fromEntries([...'123456789'].map((name) => [`prow/prowjobs/a/${name}.yaml`, job])),
    'prow/prowjobs/template.yaml': 'a: 1\n',
  })
  const { text, decisions } = await initWorkspace(tree.path)
  expect(parse(text)).toMatchObject({ prow: { jobs: ['prow/prowjobs'] } })
  expect(decisions).toContain("Prow's config is prow/config.yaml, with 10 job files in prow/prowjobs")
})

test('of several Prow instances the first is taken with the jobs near it, and the others are named', async () => {
  // A config with more aliases than the YAML library reads by default.
  const config = `plank: {a: &a [x]}\ntide: [${'*a, '.repeat(300)}]\n`
  write({
    'deploy/kustomization.yaml': 'resources: []\n',
    'prow/aws/config.yaml': config,
    'prow/aws/cluster/jobs/a.yaml': 'periodics: []\n',
    'prow/gcp/config.yaml': config,
    'prow/gcp/cluster/jobs/a.yaml': 'periodics: []\n',
    'testdata/config.yaml': config,
  })
  const { text, decisions } = await initWorkspace(tree.path)
  expect(parse(text)).toMatchObject({
    prow: { config: 'prow/aws/config.yaml', jobs: ['prow/aws/cluster/jobs'] },
  })
  expect(decisions).toContain(
    'prow/gcp/config.yaml is the config of another Prow: check it from a workspace of its own, with prow.config',
  )
})

test('a repository that has only Prow jobs gets a workspace in which they can be checked and compared', async () => {
  write({
    'config/jobs/o/r.yaml':
      'presubmits: {o/r: [{name: unit, decorate: true, always_run: true, spec: {containers: [{image: i, command: [make]}]}}]}\n',
    'config/jobs/o/bad.yaml': 'periodics: [{name: p, interval: 1h, spec: {}}]\n',
    'README.md': 'jobs\n',
  })
  const { text, overlays, left } = await initWorkspace(tree.path)
  expect([overlays, left]).toEqual([[], []])
  expect(parse(text)).toEqual({ version: 1, prow: { jobs: ['config/jobs'] } })
  const workspace = await openWorkspace(tree.path)
  // That no image is known for the decoration is no finding: Prow's config is elsewhere.
  expect((await workspace.checkProw()).map(({ rule, position }) => [rule, position?.file])).toEqual([
    ['job-pod', 'config/jobs/o/bad.yaml'],
  ])
  expect((await workspace.jobsDiff('.', '.')).changed).toEqual([])
  expect(() => workspace.allOverlays()).toThrow('this workspace has no overlays, only Prow jobs')
})

test('where no folder is named after jobs, every folder with job files is taken', async () => {
  write({ 'ci/a.yaml': 'periodics: []\n', 'mixed/b.yaml': 'postsubmits: {}\n', 'mixed/c.yaml': 'a: 1\n' })
  const { text } = await initWorkspace(tree.path)
  expect(parse(text)).toMatchObject({ prow: { jobs: ['ci', 'mixed'] } })
})

test('job files in the root are not enough: the configuration and the goldens would be read as jobs', async () => {
  write({
    'jobs.yaml': 'periodics: []\n',
    '.prow.yaml': 'presubmits: []\n',
    '.prow/a.yaml': 'presubmits: []\n',
  })
  await expect(initWorkspace(tree.path)).rejects.toMatchObject({
    code: 'overlay-unknown',
    hint: expect.stringContaining('the jobs') as string,
  })
})

test('a kustomization whose resource is not in git is left out, with the reason', async () => {
  write({
    'a/kustomization.yaml': 'resources: [release.yaml]\n',
    'b/kustomization.yaml': 'resources: [b.yaml]\n',
    'b/b.yaml': CM,
  })
  const { overlays, decisions } = await initWorkspace(tree.path)
  expect(overlays).toEqual(['b'])
  expect(decisions.at(-1)).toMatch(/^a is left out: its resource release\.yaml is not in the tree/u)
})

test('folders of plain manifests are the overlays of a tree without kustomizations', async () => {
  const others = Object.fromEntries([...'abcdefg'].map((name) => [`jobs/${name}.yaml`, 'presubmits: {}\n']))
  write({
    'prow/cluster/deck.yaml': CM,
    'prow/cluster/crds/crd.yaml': `${CM.replace('name: a', 'name: b')}data: {x: "${'x'.repeat(600_000)}"}\n`,
    'prow/cluster/kubeconfigs/config.yaml': 'apiVersion: v1\nkind: Config\n',
    'prow/cluster/.config/ci.yml': 'jobs: []\n',
    'prow/cluster/mixins/vendor/example.com/.circleci/config.yml': 'jobs: []\n',
    'prow/cluster/mixins/vendor/example.com/a.yaml': CM.replace('name: a', 'name: c'),
    'tools/vendor/example.com/a.yaml': CM,
    '.tekton/a.yaml': CM,
    'clusters/build01/a.yaml': `# a comment\n---\n${CM}`,
    'clusters/build01/off.yaml': '# all of it is a comment\n',
    'clusters/build02/_off.yaml': 'not: a manifest\n',
    'clusters/build02/list.yml': 'kind: List\nitems:\n- {apiVersion: v1, kind: Pod, metadata: {name: a}}\n',
    'charts/web/templates/a.yaml': 'kind: {{ .Values.kind }}\n',
    ...others,
    'jobs/manifest.yaml': CM,
    'pkg/testdata/a.yaml': CM,
    'golden/production.yaml': CM,
    'vendor/example.com/a.yaml': CM,
  })
  execFileSync('git', ['init', '--quiet', tree.path])
  const { overlays, left, text, decisions } = await initWorkspace(tree.path)
  expect(overlays).toEqual(['clusters/build01', 'clusters/build02', 'prow/cluster'])
  expect(text).toContain(
    '  - {path: prow/cluster, kind: folder, skip: [ _*, .circleci, .config, kubeconfigs ]}',
  )
  expect(decisions).toContain('prow/cluster: skips .circleci, .config, kubeconfigs (no manifests)')
  expect(text).not.toContain('kustomize:')
  expect(left).toMatchObject([
    {
      path: 'jobs',
      reason:
        'jobs/a.yaml:1:1: the document has no kind, so it is not a Kubernetes object (7 of its files are no manifests)',
    },
    { path: 'pkg/testdata', reason: 'it looks like test data', remedy: undefined },
  ])
  expect(text).toContain('  # it looks like test data. To render it, list it:\n')
  const workspace = await openWorkspace(tree.path)
  const results = await workspace.renderAll(overlaysOf(workspace), { secrets: 'stub' })
  expect(results.filter((result) => 'fault' in result)).toEqual([])
})

test('folders of plain manifests beside kustomizations are named, and listed where no kustomization renders', async () => {
  const plain = {
    'plain/a.yaml': CM,
    'base/a.yaml': CM,
    'values/config.yaml': CM,
  }
  const kustomization =
    'resources: [../base/a.yaml]\nconfigMapGenerator: [{name: b, files: [c=../values/config.yaml]}]\n'
  write({ ...plain, 'app/kustomization.yaml': kustomization })
  const beside = await initWorkspace(tree.path)
  expect(beside.overlays).toEqual(['app'])
  expect(beside.left).toMatchObject([
    { path: 'plain', reason: 'it holds plain manifests, which no kustomization reads' },
  ])
  expect(beside.text).toContain('give it kind: folder:\n  # - {path: plain, kind: folder}\n')
  rmSync(join(tree.path, 'overlay-render.yaml'))
  write({ 'app/kustomization.yaml': `${kustomization.replace('[', '[https://example.com/a.yaml, ')}` })
  const { overlays, left } = await initWorkspace(tree.path)
  expect(overlays).toEqual(['plain'])
  expect(left).toMatchObject([{ path: 'app', isRemote: true }])
})

test('overlays that turn out not to render are left out, except those with settings and the last ones', async () => {
  write(KUBEVIRT)
  write({ 'kustom/overlays/broken/kustomization.yaml': 'resources: [nothing]\n' })
  execFileSync('git', ['init', '--quiet', tree.path])
  const initialized = await initWorkspace(join(tree.path, 'kustom'))
  const failed = initialized.overlays.map((path) => ({
    path,
    reason: `${path} is broken`,
    remedy: 'mend it',
    isRemote: false,
  }))
  const isLeft = ({ path }: { readonly path: string }): boolean => /broken|testing/u.test(path)
  expect(initialized.leaveOut(failed.filter(isLeft)).map(({ path }) => path)).toEqual(['overlays/broken'])
  const text = readFileSync(initialized.file, 'utf8')
  expect(text).toContain(
    '  # overlays/broken is broken. To render it, list it, and mend it:\n  # - overlays/broken\n',
  )
  expect(overlaysOf(await openWorkspace(join(tree.path, 'kustom')))).toEqual(['production', 'testing'])
  write({ 'one/kustomization.yaml': 'resources: [nothing]\n' })
  const one = await initWorkspace(join(tree.path, 'one'))
  expect(one.leaveOut([{ path: '.', reason: 'broken', remedy: undefined, isRemote: false }])).toEqual([])
})

test('an overlay that another one starts from stays, although it does not render', async () => {
  write(KUBEVIRT)
  execFileSync('git', ['init', '--quiet', tree.path])
  const initialized = await initWorkspace(join(tree.path, 'kustom'))
  const failed = { path: 'overlays/production', reason: 'broken', remedy: undefined, isRemote: false }
  expect(initialized.leaveOut([failed])).toEqual([])
  expect(overlaysOf(await openWorkspace(join(tree.path, 'kustom')))).toEqual(['production', 'testing'])
})

test('manifests in the root of the workspace are not an overlay: its goldens would be a part of it', async () => {
  write({ 'a.yaml': CM })
  await expect(initWorkspace(tree.path)).rejects.toMatchObject({ code: 'overlay-unknown' })
})

test('a tree without any overlay that renders still gets a configuration', async () => {
  write({ 'prow/kustomization.yaml': 'resources: [https://example.com/crds.yaml]\n' })
  const { overlays, left } = await initWorkspace(tree.path)
  expect([overlays, left.length]).toEqual([[], 1])
  expect(overlaysOf(await openWorkspace(tree.path))).toEqual(['prow'])
})

test('an overlay in the root of the workspace is named root, and so is its golden', async () => {
  write({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': CM })
  await initWorkspace(tree.path)
  const workspace = await openWorkspace(tree.path)
  expect(overlaysOf(workspace)).toEqual(['root'])
  await workspace.golden.update(['root'])
  expect(readFileSync(join(tree.path, 'golden/root.yaml'), 'utf8')).toBe(CM)
  // The golden is in the folder of the overlay, and not a part of it.
  expect(await workspace.golden.check(['.'])).toMatchObject([
    { overlay: 'root', outcome: { missing: false, differs: false } },
  ])
})
