import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

import { errnoOf, type TreeView } from '@overlay-render/system'

import { writeStaged } from '../build/write-staged.ts'
import type { InputGraph } from '../graph/input-graph.ts'
import { readFirstDocument } from '../graph/yaml-value.ts'

const SCHEMA_NAME = '.overlay-render-schema.json'

/**
 * Adds a schema to the kustomization of a staged root, if that changes nothing else. The stage is a private copy, so the
 * file is modified in place.
 *
 * @returns a function that restores the stage; undefined when the schema cannot be added
 */
export function addSchema(
  schema: string,
  root: string,
  graph: InputGraph,
  view: TreeView,
): (() => void) | undefined {
  const texts = graph.files
    .filter(({ role }) => role === 'kustomization')
    .map(({ real }) => [real, Buffer.from(view.readFile(real)).toString('utf8')] as const)
  // A schema set by the user must take effect, and the root's schema would override a base's.
  if (texts.some(([, text]) => /openapi/iu.test(text))) return undefined
  const [own] = graph.roots
  const file = own === undefined ? undefined : join(root, relative(graph.root, own.kustomization))
  const text = texts.find(([real]) => real === own?.kustomization)?.[1]
  if (file === undefined || text === undefined || !canAppend(text) || dirname(file) !== root) return undefined
  const before = readFileSync(file)
  if (!before.equals(Buffer.from(text))) return undefined
  const place = join(root, SCHEMA_NAME)
  const restore = (): void => {
    writeStaged(() => {
      // First, because it frees space on a full disk.
      rmSync(place, { force: true })
      writeFileSync(file, before)
    })
  }
  try {
    copyFileSync(schema, place)
    writeFileSync(file, `${text}openapi: {path: ${SCHEMA_NAME}}\n`)
    return restore
  } catch (error) {
    if (errnoOf(error) === undefined) throw error
    // The disk is full: kustomize builds the same with its own schema.
    restore()
    return undefined
  }
}

/** Whether the text is one unindented block-style map, to which a line with another key can be appended. */
export function canAppend(text: string): boolean {
  const { value, fault } = readFirstDocument(text)
  if (fault !== undefined || value.kind !== 'map' || !text.endsWith('\n')) return false
  const [first] = value.entries()
  const start = text.slice(0, value.at)
  return (
    first !== undefined &&
    text[value.at] !== '{' &&
    /(?:^|\n)$/u.test(start.replace(/^\uFEFF/u, '')) &&
    !/^(?:---|\.\.\.)/mu.test(text.slice(value.at)) &&
    // A block scalar that keeps trailing newlines would change.
    !/[|>]\d?\+/u.test(text)
  )
}
