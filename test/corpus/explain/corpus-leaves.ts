import { isList, isMap, type Resource, type Value } from '@overlay-render/golden'
import { type Explanation, type ExplainedValue, openWorkspace, type Workspace } from '@overlay-render/render'
import { parse } from 'yaml'

/** A scalar of an overlay's output, and the position that `explain` names for it. */
export interface Leaf {
  readonly overlay: string
  readonly resource: string
  readonly explained: ExplainedValue
}

/** Fields that identify or select objects, and fields that kustomize builds names from. */
const IDENTITY =
  /(?:^|\.)(?:name|namespace|kind|apiVersion|apiGroup|key|secretName|claimName|serviceName|serviceAccountName|group|plural|singular|mountPath|containerPort|port|targetPort|host|path)$|labels|[sS]elector|annotations|matchLabels|\["?(?:name|namespace)"?\]$/u

/** The leaves of an `explain` answer for a resource, without identity fields. */
export function leavesOf(overlay: string, { resource, values }: Explanation): Leaf[] {
  const name = [resource.kind, resource.namespace, resource.name].filter((part) => part !== '').join('/')
  return values
    .filter(({ path, value }) => !IDENTITY.test(path) && value !== null && value !== '')
    .map((explained) => ({ overlay, resource: name, explained }))
}

/** Renders an overlay, and returns the lookup of a leaf's scalar by resource and path. */
export async function renderLeaves(workspace: Workspace, overlay: string): Promise<(leaf: Leaf) => string> {
  const again = await openWorkspace(workspace.folder)
  const { resources } = await again.render(overlay, { secrets: 'stub' })
  const byName = new Map(resources.map((resource) => [nameOf(resource), resource]))
  return ({ resource, explained }) => {
    const found = byName.get(resource)
    return found === undefined ? 'gone' : textAt(found.value, explained.path)
  }
}

function nameOf({ id }: Resource): string {
  return [id.kind, id.namespace, id.name].filter((part) => part !== '').join('/')
}

/** The text of the value at a path, which may lead into a file of a ConfigMap. */
function textAt(root: Value, path: string): string {
  let at: Value | undefined = root
  for (const [, quoted, index, plain] of path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|\[(\d+)\]|\.?([^.[\]]+)/gu)) {
    if (typeof at === 'string') at = parseText(at)
    const key = quoted === undefined ? plain : String(JSON.parse(quoted))
    at =
      index === undefined
        ? isMap(at)
          ? at[key ?? '']
          : undefined
        : isList(at)
          ? at[Number(index)]
          : undefined
  }
  return at === undefined ? 'gone' : JSON.stringify(at)
}

/** Parses a file of a ConfigMap with a different parser than `explain` uses. */
function parseText(text: string): Value {
  const value: Value = parse(text)
  return value
}
