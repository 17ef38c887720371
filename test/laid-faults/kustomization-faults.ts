import { basename, dirname, join } from 'node:path'

import { member, type Value } from '@overlay-render/golden'
import { type Document, parseDocument } from 'yaml'

import { type Draw, pick } from '../differential/draw.ts'
import { type Fault, placeIn } from './fault.ts'
import { type LaidObject, LaidTree, printDocuments, shuffled } from './laid-tree.ts'

/** A fault in the kustomization of an overlay. @param change returns what the finding mentions; undefined when the fault does not fit */
function inKustomization(
  rule: string,
  says: string,
  change: (document: Document, tree: LaidTree, draw: Draw, file: string) => string | undefined,
  all = false,
): Fault {
  return {
    rules: rule.split('|'),
    says,
    lay: (tree, draw) => {
      const own = tree.kustomizations().filter((file) => all || tree.overlays.includes(dirname(file)))
      for (const file of shuffled(draw, own)) {
        const document = parseDocument(tree.read(file))
        const mentions = change(document, tree, draw, file)
        if (mentions === undefined) continue
        tree.write(file, printDocuments([document]))
        return { file, mentions }
      }
      return undefined
    },
  }
}

/** Adds an entry to a list of a kustomization. */
function append(document: Document, field: string, entry: unknown): void {
  const list = document.getIn([field])
  if (list === undefined || list === null) document.setIn([field], document.createNode([entry]))
  else document.addIn([field], document.createNode(entry))
}

/** An entry of `patches` whose target is changed, so that it selects nothing. */
function strayTarget(key: string, wrong: (value: string) => string) {
  return (document: Document, tree: LaidTree, draw: Draw, file: string): string | undefined => {
    const content: Value = document.toJS()
    const patches = member(content, 'patches')
    const fitting = (Array.isArray(patches) ? patches : []).flatMap((patch, index) => {
      const target = member(patch, 'target')
      const isFree = !tree.used.has(`${file} ${index}`)
      return isFree &&
        typeof member(target, key) === 'string' &&
        member(target, key) !== '' &&
        typeof member(target, 'name') === 'string'
        ? [index]
        : []
    })
    if (fitting.length === 0) return undefined
    const index = pick(draw, fitting)
    tree.used.add(`${file} ${index}`)
    document.setIn(
      ['patches', index, 'target', key],
      wrong(String(document.getIn(['patches', index, 'target', key]))),
    )
    return `patches[${index}]`
  }
}

function targetOf({ object, kind, name }: LaidObject): Record<string, Value> {
  const namespace = member(member(object, 'metadata'), 'namespace')
  return { kind, name, ...(typeof namespace === 'string' ? { namespace } : {}) }
}

/** A patch of an object that the overlay has, made from it. */
function addPatch(
  rule: string,
  says: string,
  make: (
    object: LaidObject,
    draw: Draw,
  ) => { readonly target?: Record<string, Value>; readonly operations: Value } | undefined,
): Fault {
  return inKustomization(rule, says, (document, tree, draw, file) => {
    const own = new Set(
      [...new LaidTree(tree.folder, [dirname(file)]).objects(draw)].map(
        ({ name, kind }) => `${kind} ${name}`,
      ),
    )
    for (const object of tree.objects(draw)) {
      if (!own.has(`${object.kind} ${object.name}`)) continue
      const made = make(object, draw)
      if (made === undefined) continue
      tree.used.add(object.name)
      append(document, 'patches', {
        target: made.target ?? targetOf(object),
        patch: JSON.stringify(made.operations),
      })
      const patches = member(document.toJS() as Value, 'patches')
      return `patches[${Array.isArray(patches) ? patches.length - 1 : 0}]`
    }
    return undefined
  })
}

const ARGUMENTS = /^spec\.template\.spec\.containers\.0\.args\.0$/u
const COMPONENT = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: prow\n'
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: laid, namespace: prow}\n'

/** Writes a new file with a number that no other fault has. */
function newFile(
  rule: string,
  says: string,
  make: (tree: LaidTree, draw: Draw, number: number) => readonly [file: string, text: string] | undefined,
): Fault {
  return {
    rules: rule.split('|'),
    says,
    lay: (tree, draw) => {
      const made = make(tree, draw, tree.used.size)
      if (made === undefined) return undefined
      const [file, text] = made
      tree.write(file, text)
      tree.used.add(file)
      return { file, mentions: file.replace(/\/kustomization\.yaml$/u, '') }
    },
  }
}

/** A folder next to a base or component that is used. */
function besideUsed(tree: LaidTree, draw: Draw, pattern: RegExp): string | undefined {
  const folders = tree
    .kustomizations()
    .map((file) => dirname(file))
    .filter((folder) => pattern.test(folder))
  return folders.length === 0 ? undefined : dirname(pick(draw, folders))
}

/** Faults in kustomizations and in what their steps do. */
export const KUSTOMIZATION_FAULTS: readonly Fault[] = [
  inKustomization(
    'dead-patch',
    'a target with another name',
    strayTarget('name', (name) => `${name}x`),
  ),
  inKustomization(
    'dead-patch',
    'a target with another kind',
    strayTarget('kind', (kind) => `${kind}x`),
  ),
  inKustomization(
    'dead-patch',
    'a target in another namespace',
    strayTarget('namespace', (name) => `${name}x`),
  ),
  inKustomization('dead-patch', 'a patch of nothing', (document) => {
    append(document, 'patches', {
      target: { kind: 'Deployment', name: 'nosuch' },
      patch: '- {op: add, path: /spec/paused, value: true}',
    })
    return 'nosuch'
  }),
  addPatch('patch-without-change', 'a value that is there', (object, draw) => {
    const found = placeIn(
      draw,
      object,
      /^(?:spec\.replicas|spec\.type|spec\.strategy\.type)$/u,
      (value) => typeof value !== 'object',
    )
    return found && { operations: [{ op: 'replace', path: `/${found.at.join('/')}`, value: found.value }] }
  }),
  addPatch('wide-patch', 'a target without a kind', ({ kind, name }) =>
    kind === 'Service'
      ? {
          target: { name },
          operations: [{ op: 'add', path: '/metadata/annotations', value: { laid: 'here' } }],
        }
      : undefined,
  ),
  addPatch('positional-json-patch', 'an argument by its index', (object, draw) => {
    const found = placeIn(draw, object, ARGUMENTS)
    const next = found && placeIn(draw, object, /^spec\.template\.spec\.containers\.0\.args\.1$/u)
    return (
      next && {
        operations: [
          {
            op: 'replace',
            path: '/spec/template/spec/containers/0/args/0',
            value: `${String(found?.value)}-laid`,
          },
        ],
      }
    )
  }),
  inKustomization('dead-image', 'an image that no container has', (document) => {
    append(document, 'images', { name: 'example.com/no/such', newTag: 'v1' })
    return 'example.com/no/such'
  }),
  inKustomization(
    'dead-image',
    'another image',
    (document, tree, _draw, file) => {
      const images = member(document.toJS() as Value, 'images')
      if (!Array.isArray(images) || images.length === 0 || tree.used.has(`${file} images`)) return undefined
      tree.used.add(`${file} images`)
      document.setIn(['images', 0, 'name'], `${String(document.getIn(['images', 0, 'name']))}-other`)
      return '-other'
    },
    true,
  ),
  inKustomization('dead-replacement', 'a target that is nowhere', (document, tree, draw, file) => {
    const source = new LaidTree(tree.folder, [dirname(file)])
      .objects(draw)
      .find(({ kind }) => kind === 'Deployment' || kind === 'Cluster')
    if (source === undefined) return undefined
    append(document, 'replacements', {
      source: { kind: source.kind, name: source.name, fieldPath: 'metadata.name' },
      targets: [
        { select: { kind: 'Deployment', name: 'nosuch' }, fieldPaths: ['metadata.annotations.laid'] },
      ],
    })
    return 'nosuch'
  }),
  newFile('unused-file', 'a manifest that is not listed', (tree, draw, number) => [
    join(pick(draw, tree.overlays), `laid-${number}.yaml`),
    CONFIG_MAP,
  ]),
  newFile('orphan', 'a component that no overlay lists', (tree, draw, number) => {
    const folder = besideUsed(tree, draw, /components?\//u)
    return folder === undefined ? undefined : [join(folder, `laid-${number}/kustomization.yaml`), COMPONENT]
  }),
  newFile('orphan|unused-file', 'a manifest next to those of a base', (tree, draw, number) => {
    const own = tree
      .objects(draw)
      .find(({ file }) => !tree.overlays.some((overlay) => file.startsWith(`${overlay}/`)))
    return own && [join(dirname(own.file), `laid-${number}.yaml`), CONFIG_MAP]
  }),
  inKustomization(
    'orphan|unused-file',
    'a manifest that is no longer listed',
    (document, tree, draw, file) => {
      const resources = member(document.toJS() as Value, 'resources')
      const listed = (Array.isArray(resources) ? resources : []).filter((entry) => {
        const path = join(dirname(file), String(entry))
        return (
          String(entry).endsWith('.yaml') &&
          tree.has(path) &&
          !tree.used.has(path) &&
          !tree.isSetting(basename(path))
        )
      })
      if (!Array.isArray(resources) || listed.length === 0) return undefined
      const entry = pick(draw, listed)
      const path = join(dirname(file), String(entry))
      for (const { name } of tree.objects(draw).filter((object) => object.file === path)) tree.used.add(name)
      tree.used.add(path)
      document.deleteIn(['resources', resources.indexOf(entry)])
      return path
    },
    true,
  ),
  newFile('remote-not-pinned', 'a remote of a branch', (tree, draw, number) => {
    const folder = dirname(pick(draw, tree.overlays))
    return [
      join(folder === '.' ? '.' : dirname(folder), `laid-base-${number}/kustomization.yaml`),
      'resources: ["https://github.com/example/repo//deploy?ref=main"]\n',
    ]
  }),
]
