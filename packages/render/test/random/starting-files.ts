/** Few texts for each file, most of the same length: file sizes do not differ, and earlier states return. The first is there at the start. */
export type Texts = readonly [string, ...string[]]

/** What is edited: the path of each file from the top of the repository, with its texts. */
export const STARTING_FILES: ReadonlyMap<string, Texts> = new Map<string, Texts>([
  ['kustom/overlay-render.yaml', settings()],
  ['kustom/overlay-render.lock', locks()],
  ['.gitignore', ignores()],
  ['kustom/.gitignore', ignores()],
  ['kustom/overlays/a/.gitignore', ignores()],
  ['files/config.yaml', ['a: 1\n', 'a: 2\n', 'b: 1\n', 'a: 1\r\n', '']],
  ['files/plugins.yaml', ['a: 1\n', 'a: 2\n', 'b: 1\n']],
  ['other/config.yaml', ['a: 4\n', 'a: 5\n']],
  ['other/plugins.yaml', ['a: 4\n']],
  ...base('kustom/base', 'base'),
  ...base('kustom/base/more', 'more'),
  ...base('shared', 'shared'),
  ...component('kustom/components/one', '1'),
  ...component('kustom/components/two', '2'),
  ['kustom/plain/one.yaml', objects('plain-one')],
  ['kustom/plain/two.yaml', objects('plain-two')],
  ['kustom/plain/_left-out.yaml', objects('plain-out')],
  ['kustom/templates/made.yaml', ['x: {{ y }}\n', 'z: {{ y }}\n', 'x: 1\n']],
  ...['a', 'b', 'd'].flatMap(overlay),
])

/** The texts of one file. */
type Row = readonly [path: string, texts: Texts]

function overlay(name: string): Row[] {
  const folder = `kustom/overlays/${name}`
  return [
    [
      `${folder}/kustomization.yaml`,
      [
        '{"resources": ["../../base", "resources/one.yaml"]}',
        'resources: [../../base]\nconfigMapGenerator:\n- {name: c, files: [configs/config.yaml]}\n',
        'resources: [../../base]\nsecretGenerator:\n- {name: s, files: [secrets/token]}\n',
        '',
      ],
    ],
    [`${folder}/yq_scripts/config.yaml`, scripts()],
    [`${folder}/yq_scripts/plugins.yaml`, [...scripts(), '.a = now\n']],
    [`${folder}/resources/one.yaml`, objects('one')],
    [`${folder}/resources/two.yaml`, objects('two')],
    [`${folder}/resources/deep/three.yaml`, objects('three')],
    [
      `${folder}/resources/kustomization.yaml`,
      [
        '{"resources": ["two.yaml"]}',
        '{"resources": ["deep/three.yaml"]}',
        '{"namePrefix": "p-", "resources": ["two.yaml"]}',
      ],
    ],
    [`${folder}/patches/one.yaml`, patches('one')],
    [`${folder}/patches/base.yaml`, patches('base')],
    [
      `${folder}/patches/json.yaml`,
      ['[{op: add, path: /data, value: {j: "1"}}]\n', '[{op: add, path: /data, value: {j: "2"}}]\n'],
    ],
    [`${folder}/texts/one.txt`, ['$Id$ one\n', '$Id$ two\n', '$Id$ one\r\n', '']],
    [`${folder}/texts/two.txt`, ['one\n', 'two\n', 'ONE\n']],
    [`${folder}/texts/Two.txt`, ['One\n', 'Two\n']],
    [`${folder}/texts/all.env`, ['A=1\n', 'A=2\n', '']],
    [
      `${folder}/plugins/generator.yaml`,
      each(
        (name) =>
          `apiVersion: builtin\nkind: ConfigMapGenerator\nmetadata: {name: built}\nname: built\nfiles: [../texts/${name}.txt]\n`,
        'one',
        'two',
      ),
    ],
    [
      `${folder}/plugins/label.yaml`,
      each(
        (label) =>
          `apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: l}\nlabels: {l: ${label}}\nfieldSpecs: [{path: metadata/labels, create: true}]\n`,
        'x',
        'y',
      ),
    ],
    [
      `${folder}/plugins/replacement.yaml`,
      each(
        (field) =>
          `source: {kind: ConfigMap, name: base, fieldPath: metadata.name}\ntargets: [{select: {kind: ConfigMap, name: one}, fieldPaths: [data.${field}], options: {create: true}}]\n`,
        'x',
        'y',
      ),
    ],
    [`${folder}/plugins/names.yaml`, ['nameReference: []\n', 'namePrefix: [{path: metadata/name}]\n']],
    [`${folder}/secrets/token`, ['real', 'rael']],
  ]
}

function base(folder: string, name: string): Row[] {
  return [
    [
      `${folder}/kustomization.yaml`,
      ['{"resources": ["cm.yaml"]}', 'resources: [cm.yaml]\n', 'resources: [cm.yaml] # x\n'],
    ],
    [`${folder}/cm.yaml`, objects(name)],
  ]
}

function component(folder: string, value: string): Row[] {
  const head = '"apiVersion": "kustomize.config.k8s.io/v1alpha1", "kind": "Component"'
  return [
    [
      `${folder}/kustomization.yaml`,
      [
        `{${head}, "patches": [{"path": "patch.yaml"}]}`,
        `{${head}, "commonAnnotations": {"c": "${value}"}}`,
        `{${head}}`,
      ],
    ],
    [`${folder}/patch.yaml`, patches('base')],
  ]
}

function objects(name: string): Texts {
  const text = (value: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {v: "${value}"}\n`
  return [...each(text, '1', '2'), text('1').replaceAll('\n', '\r\n')]
}

function patches(name: string): Texts {
  return each(
    (value) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {p: "${value}"}\n`,
    '1',
    '2',
  )
}

/** A text for each value. */
function each(text: (value: string) => string, first: string, ...others: readonly string[]): Texts {
  return [text(first), ...others.map(text)]
}

function scripts(): Texts {
  return [
    '.a = 1\n',
    '.a = 2\n',
    '.b = 3\n',
    '# 1\n',
    '.a = load("resources/one.yaml").kind\n',
    '.a = load("../../../shared/cm.yaml").data\n',
    '.a = load_str("texts/one.txt")\n',
  ]
}

/** Digests of another version, which do not matter, then one that no program has. */
function locks(): Texts {
  const text = (version: string): string =>
    `kustomize:\n  version: ${version}\n  sha256:\n    ${process.platform}-${process.arch}: ${'a'.repeat(64)}\n`
  return [...each(text, '5.8.0', '5.8.2', '5.8.1'), '']
}

function ignores(): Texts {
  return ['', 'resources/\n', 'secrets/\n', 'two.yaml\n', 'overlays/b/\n', '!two.yaml\n', '*.txt\n']
}

function settings(): Texts {
  const configs = { base: '../files', files: ['config/config.yaml', 'plugins/plugins.yaml'], allow: ['load'] }
  const text = (more: object): string =>
    JSON.stringify({ version: 1, kustomize: { version: '5.8.1' }, secrets: 'stub', configs, ...more })
  return [
    text({}),
    text({ settings: { b: { extends: 'a' } } }),
    text({ settings: { d: { extends: 'a' }, a: { extends: 'b' } } }),
  ]
}
