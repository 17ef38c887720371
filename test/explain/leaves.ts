import { isList, isMap, type Resource, type Value } from '@overlay-render/golden'
import { type ExplainedValue, openWorkspace, type Workspace } from '@overlay-render/render'
import { formatPosition, type Position } from '@overlay-render/system'
import { parse } from 'yaml'

import { isWritten } from './change-place.ts'

/** A scalar of an overlay's output, and the steps that `explain` names for it. */
export interface Leaf {
  /** The resource and the path: what identifies the leaf in another render. */
  readonly id: string
  readonly resource: string
  readonly explained: ExplainedValue
  /** The position of the last step that has the value in its text: a step that computes or copies it has not. */
  readonly place: Position | undefined
  /** The value that is written there. */
  readonly written: unknown
  /** The positions of all its steps. */
  readonly places: ReadonlySet<string>
}

/** What identifies or selects an object, and kustomize builds names from. */
const IDENTITY =
  /(?:^|[."])(?:name|namespace|kind|apiVersion|apiGroup|group|plural|singular)(?:"\])?$|labels|[sS]elector|matchLabels/u

/** Whether the proof may change the leaf: identity, labels, selectors and empty values stay. */
export function isSubject({ explained: { path, value } }: Leaf): boolean {
  return !IDENTITY.test(path) && value !== null && value !== ''
}

/** The contents of the files of a ConfigMap. The metadata keeps the result from being empty. */
const FILES = '.metadata, (.data[] | select(kind == "map" or kind == "seq") | .[])'

/** Every leaf of an overlay, but those of Secrets. */
export async function allLeaves(workspace: Workspace, overlay: string): Promise<Leaf[]> {
  const explain = await workspace.explainer(overlay)
  const { resources } = await workspace.render(overlay, { secrets: 'stub' })
  return resources
    .filter(({ id }) => id.kind !== 'Secret')
    .flatMap((resource) => {
      const name = nameOf(resource)
      const paths = resource.id.kind === 'ConfigMap' ? ['.', FILES] : ['.']
      const values = paths.flatMap((path) => explain(name, path, Number.POSITIVE_INFINITY).values)
      const unique = [...new Map(values.map((explained) => [explained.path, explained])).values()]
      return withoutWhole(unique).map((explained) => leafOf(workspace.folder, name, explained))
    })
}

function leafOf(folder: string, name: string, explained: ExplainedValue): Leaf {
  const resource = withoutHash(name)
  const positions = explained.steps.flatMap(({ position }) => position ?? [])
  const last = explained.steps.findLast(
    ({ position, value }) => position !== undefined && isWritten(folder, { position, value }),
  )
  return {
    id: `${resource} ${explained.path}`,
    resource,
    explained,
    place: last?.position,
    written: last?.value,
    places: new Set(positions.map((position) => formatPosition(position))),
  }
}

/** Drops the text of a whole file where the leaves inside it are listed too. */
function withoutWhole(values: readonly ExplainedValue[]): ExplainedValue[] {
  const wholes = new Set(
    values.flatMap(({ path }) => /^\.data(?:\.[\w-]+|\["(?:[^"\\]|\\.)*"\])(?=.)/u.exec(path) ?? []),
  )
  return values.filter(({ path }) => !wholes.has(path))
}

/** Renders an overlay, and returns the text of each leaf: `gone` for one that is no longer there. */
export async function renderLeaves(
  folder: string,
  overlay: string,
  leaves: readonly Leaf[],
): Promise<ReadonlyMap<string, string>> {
  const workspace = await openWorkspace(folder)
  const { resources } = await workspace.render(overlay, { secrets: 'stub' })
  const byName = new Map(resources.map((resource) => [withoutHash(nameOf(resource)), resource.value]))
  const files = new Map<string, Value>()
  return new Map(
    leaves.map((leaf) => [leaf.id, textAt(byName.get(leaf.resource), leaf.explained.path, files)]),
  )
}

function nameOf({ id }: Resource): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('/')
}

/** A text without the hash that kustomize appends to the names of generated objects. */
function withoutHash(text: string): string {
  return text.replace(/-[2456789bcdfghkmt]{10}(?="?$)/u, '-hash')
}

/** The text of the value at a path, which may lead into a file of a ConfigMap. @param files parsed files, by their text */
function textAt(root: Value | undefined, path: string, files: Map<string, Value>): string {
  let at = root
  for (const [, quoted, index, plain] of path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|\.?([^.[\]]+)/gu)) {
    if (typeof at === 'string') at = fileOf(at, files)
    const key = quoted === undefined ? (plain ?? '') : String(JSON.parse(quoted))
    if (index === undefined) at = isMap(at) && Object.hasOwn(at, key) ? at[key] : undefined
    else at = isList(at) ? at[Number(index)] : undefined
  }
  return at === undefined ? 'gone' : withoutHash(JSON.stringify(at))
}

/** Parses a file of a ConfigMap with a different parser than `explain` uses. */
function fileOf(text: string, files: Map<string, Value>): Value {
  const known = files.get(text)
  if (known !== undefined) return known
  const value: Value = parse(text)
  files.set(text, value)
  return value
}
