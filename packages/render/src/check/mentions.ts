import { relative, sep } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import type { TreeView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import { searchTree } from './search-tree.ts'
import { TEMPLATED, templatedName } from './templated-names.ts'

/** A larger file is data, and names nothing. */
const LARGEST_TEXT = 1_000_000

interface Searched {
  /** What is searched outside of git. */
  readonly files: readonly string[]
  readonly view: TreeView
  readonly signal: AbortSignal | undefined
}

/**
 * The names, of those given, that some file of the tree holds which is no kustomization, and not the file of that name; also where a
 * script fills in a part, such as `patches/{{ item }}-ingress.yaml`. In git all that is tracked is searched; elsewhere the workspace.
 *
 * @param names texts without line ends
 */
export async function findMentions(
  context: PipelineContext,
  names: readonly string[],
  { files, view, signal }: Searched,
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const written = await searchTree(context, { fixed: names }, signal)
  if (written === undefined) return searchFiles(names, files, view, context.workspace)
  const templated = await searchTree(context, { pattern: TEMPLATED }, signal)
  // Where git cannot search, no name gets a finding.
  if (written === 'failed' || templated === undefined || templated === 'failed') return new Set(names)
  const found = new Set(written.filter(({ file, text }) => !file.endsWith(text)).map(({ text }) => text))
  return withTemplated(found, names, new Set(templated.map(({ text }) => text)))
}

function withTemplated(
  found: Set<string>,
  names: readonly string[],
  written: Iterable<string>,
): ReadonlySet<string> {
  const patterns = [...written].flatMap((name) => templatedName(name) ?? [])
  for (const name of names) if (patterns.some((pattern) => pattern.test(name))) found.add(name)
  return found
}

function searchFiles(
  names: readonly string[],
  files: readonly string[],
  view: TreeView,
  workspace: string,
): ReadonlySet<string> {
  const found = new Set<string>()
  const templated = new Set<string>()
  for (const file of files) {
    const path = relative(workspace, file).split(sep).join('/')
    if (KUSTOMIZATION_NAMES.some((name) => path.endsWith(name))) continue
    const bytes = Buffer.from(view.readFile(file))
    if (bytes.byteLength > LARGEST_TEXT) continue
    for (const name of names) if (!path.endsWith(name) && bytes.includes(name)) found.add(name)
    for (const [name] of bytes.toString('utf8').matchAll(new RegExp(TEMPLATED, 'gu'))) templated.add(name)
  }
  return withTemplated(found, names, templated)
}
