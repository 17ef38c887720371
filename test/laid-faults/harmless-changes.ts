import { basename, dirname, join } from 'node:path'

import { isList, isMap, member, toJson, type Value } from '@overlay-render/golden'
import { type Document, isMap as isMapNode, type ParsedNode, parseDocument, visit } from 'yaml'

import { type Draw, pick } from '../differential/draw.ts'
import { placeIn } from './fault.ts'
import { type LaidObject, type LaidTree, printDocuments, shuffled } from './laid-tree.ts'

/** A change that no rule may mind. */
export interface HarmlessChange {
  readonly says: string
  /** Makes it at a random place. Returns the file; undefined when the tree has no place for it. */
  readonly make: (tree: LaidTree, draw: Draw) => string | undefined
}

/** The change removed the file of the object. */
const MOVED = 'moved'

const POD = String.raw`spec\.(?:jobTemplate\.spec\.)?template\.spec`

/** A change of a manifest. @param change returns the new text of its file, or whether it changed the document */
function inObject(
  says: string,
  change: (object: LaidObject, draw: Draw, tree: LaidTree) => string | boolean,
): HarmlessChange {
  return {
    says,
    make: (tree, draw) => {
      for (const object of tree.objects(draw)) {
        if (object.documents.length > 1 || tree.isSetting(basename(object.file))) continue
        const made = change(object, draw, tree)
        if (made === false) continue
        if (made === MOVED) return object.file
        tree.save(object)
        if (typeof made === 'string') tree.write(object.file, made)
        return object.file
      }
      return undefined
    },
  }
}

/** A change of a kustomization that no other change has. */
function inKustomization(
  says: string,
  change: (document: Document, context: { tree: LaidTree; draw: Draw; file: string }) => string | boolean,
): HarmlessChange {
  return {
    says,
    make: (tree, draw) => {
      for (const file of shuffled(draw, tree.kustomizations())) {
        const document = parseDocument(tree.read(file))
        if (tree.used.has(file)) continue
        const made = change(document, { tree, draw, file })
        if (made === false) continue
        tree.write(file, made === true ? printDocuments([document]) : made)
        tree.used.add(file)
        return file
      }
      return undefined
    },
  }
}

function reversed(document: Document): boolean {
  visit(document, {
    Map: (_key, map) => {
      if (map.items.some(({ key }) => String(key) === '<<')) return visit.BREAK
      map.items.reverse()
      return undefined
    },
  })
  return true
}

function commented(document: Document): boolean {
  document.commentBefore = ' laid by a test'
  visit(document, {
    Scalar: (key, scalar) => {
      if (key === 'value' && typeof scalar.value === 'string' && !scalar.value.includes('\n'))
        scalar.comment = ' laid'
    },
  })
  return true
}

/** The JSON text of a document. */
function asJson(document: Document): string {
  return `${JSON.stringify(document.toJS(), null, 2)}\n`
}

function quoted(document: Document, defaultStringType: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  return (
    parseDocument(asJson(document)).createNode(document.toJS()) &&
    printQuoted(document.toJS(), defaultStringType)
  )
}

function printQuoted(value: Value, defaultStringType: 'QUOTE_DOUBLE' | 'QUOTE_SINGLE'): string {
  const document = parseDocument('')
  document.contents = document.createNode(value) as ParsedNode
  return document.toString({ defaultStringType, defaultKeyType: 'PLAIN', lineWidth: 0 })
}

function flow(value: Value): string {
  const document = parseDocument('')
  document.contents = document.createNode(value, { flow: true }) as ParsedNode
  return document.toString({ lineWidth: 0 })
}

/** Where the list of the pod's volumes, or another list of it, is. */
function podList(object: LaidObject, draw: Draw, list: string): readonly (string | number)[] | undefined {
  return placeIn(draw, object, new RegExp(`^${POD}\\.${list}$`, 'u'), isList)?.at
}

function patchesOf(document: Document): readonly Value[] {
  const patches = member(document.toJS() as Value, 'patches')
  return isList(patches) ? patches : []
}

/** Changes that no rule may mind. */
export const HARMLESS_CHANGES: readonly HarmlessChange[] = [
  inObject('the keys of a manifest in another order', ({ document }) => reversed(document)),
  inObject('comments in a manifest', ({ document }) => commented(document)),
  inObject('double quotes', ({ document }) => quoted(document, 'QUOTE_DOUBLE')),
  inObject('single quotes', ({ document }) => quoted(document, 'QUOTE_SINGLE')),
  inObject('a manifest as JSON', ({ document }) => asJson(document)),
  inObject('a manifest in flow style', ({ document }) => flow(document.toJS())),
  inObject('line ends of Windows', ({ document, kind }) =>
    kind === 'ConfigMap' ? false : printDocuments([document]).replaceAll('\n', '\r\n'),
  ),
  inObject('empty documents around a manifest', ({ document }) => `---\n${printDocuments([document])}---\n`),
  inObject('an emptyDir', (object, draw) => {
    const [volumes, containers] = [podList(object, draw, 'volumes'), podList(object, draw, 'containers')]
    if (volumes === undefined || containers === undefined) return false
    const { document } = object
    document.addIn(volumes, document.createNode({ name: 'laid-scratch', emptyDir: {} }))
    const mounts = [...containers, 0, 'volumeMounts']
    const mount = { name: 'laid-scratch', mountPath: '/laid-scratch' }
    if (document.hasIn(mounts)) document.addIn(mounts, document.createNode(mount))
    else document.setIn(mounts, document.createNode([mount]))
    return true
  }),
  inObject('an optional variable', (object, draw) => {
    const containers = podList(object, draw, 'containers')
    if (containers === undefined) return false
    const env = [...containers, 0, 'env']
    const { document } = object
    const variable = {
      name: 'LAID',
      valueFrom: { secretKeyRef: { name: 'laid-nosuch', key: 'x', optional: true } },
    }
    if (document.hasIn(env)) document.addIn(env, document.createNode(variable))
    else document.setIn(env, document.createNode([variable]))
    return true
  }),
  inObject('an optional volume', (object, draw) => {
    const volumes = podList(object, draw, 'volumes')
    if (volumes === undefined) return false
    object.document.addIn(
      volumes,
      object.document.createNode({
        name: 'laid-optional',
        configMap: { name: 'laid-nosuch', optional: true },
      }),
    )
    return true
  }),
  inObject('an annotation and a label', ({ document, object }) => {
    if (!isMap(member(object, 'metadata') ?? null)) return false
    document.setIn(['metadata', 'annotations', 'example.com/laid'], 'here')
    document.setIn(['metadata', 'labels', 'example.com/laid'], 'here')
    return true
  }),
  inObject('the default protocol of a port', (object, draw) => {
    const port = placeIn(
      draw,
      object,
      /(?:containers\.\d+|^spec)\.ports\.\d+$/u,
      (value) => isMap(value) && member(value, 'protocol') === undefined,
    )
    if (port === undefined) return false
    object.document.setIn([...port.at, 'protocol'], 'TCP')
    return true
  }),
  inObject('an anchor for equal labels', ({ document, object }) => {
    const [selector, labels] = [
      ['spec', 'selector', 'matchLabels'],
      ['spec', 'template', 'metadata', 'labels'],
    ]
    const node = document.getIn(selector)
    const isEqual = toJson(valueAt(object, selector)) === toJson(valueAt(object, labels))
    if (!isMapNode(node) || !isEqual) return false
    document.setIn(labels, document.createAlias(node, 'laid'))
    return true
  }),
  inObject('a file with another name', (object, _draw, tree) => {
    const mentions = tree.kustomizations().filter((file) => tree.read(file).includes(basename(object.file)))
    const [file] = mentions
    if (file === undefined || mentions.length > 1 || tree.used.has(file)) return false
    const name = basename(object.file)
    const text = tree.read(file)
    if (text.split(name).length !== 2) return false
    tree.write(file, text.replace(name, `laid-${name}`))
    tree.used.add(file)
    tree.write(join(dirname(object.file), `laid-${name}`), printDocuments([object.document]))
    tree.remove(object.file)
    return MOVED
  }),
  inKustomization('comments in a kustomization', (document) => commented(document)),
  inKustomization('the fields of a kustomization in another order', (document) => {
    if (!isMapNode(document.contents)) return false
    document.contents.items.reverse()
    return true
  }),
  inKustomization('a kustomization as JSON', (document) => asJson(document)),
  inKustomization('a kustomization in double quotes', (document) => quoted(document, 'QUOTE_DOUBLE')),
  inKustomization('a patch of a file inline', (document, { tree, file, draw }) => {
    const fitting = patchesOf(document).flatMap((patch, index) => {
      const path = join(dirname(file), String(member(patch, 'path')))
      return typeof member(patch, 'path') === 'string' && tree.has(path) && !tree.isSetting(basename(path))
        ? [{ index, path }]
        : []
    })
    if (fitting.length === 0) return false
    const { index, path } = pick(draw, fitting)
    // The same file may be the patch of another entry.
    if (tree.read(file).split(basename(path)).length !== 2) return false
    document.setIn(['patches', index, 'patch'], tree.read(path))
    document.deleteIn(['patches', index, 'path'])
    tree.remove(path)
    return true
  }),
  inKustomization('an inline patch in a file', (document, { tree, file, draw }) => {
    const fitting = patchesOf(document).flatMap((patch, index) =>
      typeof member(patch, 'patch') === 'string' ? [index] : [],
    )
    if (fitting.length === 0) return false
    const index = pick(draw, fitting)
    tree.write(join(dirname(file), 'laid-patch.yaml'), String(document.getIn(['patches', index, 'patch'])))
    document.setIn(['patches', index, 'path'], 'laid-patch.yaml')
    document.deleteIn(['patches', index, 'patch'])
    return true
  }),
  inKustomization('a new object', (document, { tree, file }) => {
    if (!isList(member(document.toJS() as Value, 'resources') ?? null)) return false
    tree.write(
      join(dirname(file), 'laid-new.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: laid-new, namespace: prow}\ndata: {a: b}\n',
    )
    document.addIn(['resources'], 'laid-new.yaml')
    return !tree.used.has('laid-new') && tree.used.add('laid-new').has('laid-new')
  }),
  {
    says: 'a README and OWNERS in the folder of an overlay',
    make: (tree, draw) => {
      const overlay = pick(draw, tree.overlays)
      const file = join(overlay, 'README.md')
      if (tree.has(file)) return undefined
      tree.write(file, '# Notes\n')
      if (!tree.has(join(overlay, 'OWNERS'))) tree.write(join(overlay, 'OWNERS'), 'approvers: [somebody]\n')
      return file
    },
  },
  {
    says: 'a comment in a script',
    make: (tree, draw) => {
      const scripts = tree.overlays
        .flatMap((overlay) => ['config', 'plugins'].map((name) => `${overlay}/yq_scripts/${name}.yaml`))
        .filter((file) => tree.has(file) && !tree.used.has(file))
      if (scripts.length === 0) return undefined
      const file = pick(draw, scripts)
      tree.used.add(file)
      tree.write(file, `# laid by a test\n${tree.read(file)}`)
      return file
    },
  },
]

function valueAt(root: Value, path: readonly string[]): Value {
  return path.reduce<Value>((value, key) => member(value, key) ?? null, root)
}
