import { posix } from 'node:path'

import type { Position } from '@overlay-render/system'

import type { FoundOverlay } from './find-overlays.ts'
import type { Survey } from './survey.ts'

/** A file that a playbook makes from a Jinja template. `from` is relative to the workspace, `to` to the overlay. */
export interface FoundTemplate {
  readonly from: string
  readonly to: string
  readonly position: Position
  /** The variables that the template needs, with their values as found in the tree. */
  readonly values: ReadonlyMap<string, unknown>
  /** The variables without a value in the tree. */
  readonly unknown: readonly string[]
}

/** The overlay that a playbook or script copies this overlay's kustomization from. */
export function findParent(
  survey: Survey,
  overlay: FoundOverlay,
  overlays: readonly FoundOverlay[],
): { readonly parent: FoundOverlay; readonly position: Position } | undefined {
  const candidates = overlays.filter(
    ({ kustomization, path }) =>
      kustomization !== undefined && posix.dirname(path) === posix.dirname(overlay.path),
  )
  for (const path of playbooks(survey)) {
    const text = survey.read(path)
    if (text === undefined || !text.includes('kustomization.yaml')) continue
    for (const parent of candidates) {
      const at = text.indexOf(`${parent.path}/`)
      if (at >= 0) return { parent, position: survey.position(path, text, at) }
    }
  }
  return undefined
}

/** The templates that make the resources that an overlay names and the tree lacks. */
export function findTemplates(survey: Survey, overlay: string, missing: readonly string[]): FoundTemplate[] {
  return missing.flatMap((to) => {
    const source = findSource(survey, posix.basename(to))
    if (source === undefined) return []
    const { values, unknown } = findValues(survey, overlay, survey.read(source.from) ?? '')
    return [{ ...source, to, values, unknown }]
  })
}

/** The scripts and playbooks around the workspace. */
export function playbooks({ files }: Survey): string[] {
  return files.filter(
    (path) => path.startsWith('../') && /\.(?:ya?ml|sh)$/u.test(path) && !path.includes('/jobs/'),
  )
}

const IS_JINJA = /\{\{|\{%/u

/** Finds a task whose `dest` names the file; its `src` is a few lines away. */
function findSource(survey: Survey, name: string): Pick<FoundTemplate, 'from' | 'position'> | undefined {
  for (const path of playbooks(survey)) {
    const text = survey.read(path)
    const dest = text?.split('\n').findIndex((line) => /\bdest:/u.test(line) && line.includes(name)) ?? -1
    if (text === undefined || dest < 0) continue
    const around = text.split('\n').slice(Math.max(0, dest - 4), dest + 5)
    const src = around
      .map((line) => /\bsrc:\s*['"]?([^\s'"]+)/u.exec(line)?.[1])
      .find((value) => value !== undefined)
    if (src === undefined) continue
    const role = posix.dirname(posix.dirname(path))
    const places = [posix.dirname(path), posix.join(role, 'templates'), role]
    const from = places
      .map((folder) => posix.normalize(posix.join(folder, src)))
      .map((place) => inWorkspace(survey, place))
      .find((place) => place !== undefined && IS_JINJA.test(survey.read(place) ?? ''))
    if (from === undefined) continue
    const offset = text.split('\n').slice(0, dest).join('\n').length + 1
    return { from, position: survey.position(path, text, offset) }
  }
  return undefined
}

/** A path that leads back into the workspace, as a path in it: `../kustom/base` is `base` in `kustom`. */
function inWorkspace(survey: Survey, place: string): string | undefined {
  const own = `../${posix.basename(survey.workspace)}/`
  const path = place.startsWith(own) ? place.slice(own.length) : place
  return survey.has(path) ? path : undefined
}

function findValues(
  survey: Survey,
  overlay: string,
  template: string,
): { readonly values: ReadonlyMap<string, unknown>; readonly unknown: readonly string[] } {
  const lists = [...template.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+(\w+)/gu)]
  const loops = new Set(lists.map(([, item]) => item))
  const listed = new Set(lists.map(([, , list]) => list))
  const printed = [...template.matchAll(/\{\{-?\s*([A-Za-z_]\w*)/gu)].map(([, name]) => name)
  const names = new Set([...listed, ...printed].filter((name) => name !== undefined && !loops.has(name)))
  const values = new Map<string, unknown>()
  const unknown: string[] = []
  for (const name of names) {
    if (name === undefined) continue
    const known = findValue(survey, overlay, name)
    if (known === undefined) unknown.push(name)
    values.set(name, known ?? (listed.has(name) ? ['to-be-filled-in'] : 'to-be-filled-in'))
  }
  return { values, unknown }
}

/** The value of a variable: from the variables of the overlay, else from the defaults. A value that is itself a template is not used. */
function findValue(survey: Survey, overlay: string, name: string): unknown {
  const files = survey.files.filter(
    (path) =>
      path.startsWith('../') &&
      (path.includes(`/vars/${overlay}/`) || /\/defaults\/[^/]+\.ya?ml$/u.test(path)),
  )
  for (const path of files) {
    const values = survey.readMap(path)
    if (values === undefined || !Object.hasOwn(values, name)) continue
    const value = values[name]
    if (!IS_JINJA.test(JSON.stringify(value) ?? '')) return value
  }
  return undefined
}
