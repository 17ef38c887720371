import { relative, sep } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import type { TreeView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import { type FoundText, searchTree, type Sought } from './search-tree.ts'
import { TEMPLATED, templatedName } from './templated-names.ts'

/** A larger file is data, and names nothing. */
const MAX_TEXT = 1_000_000

interface Searched {
  /** What is searched outside of git. */
  readonly files: readonly string[]
  readonly view: TreeView
  readonly signal: AbortSignal | undefined
}

/**
 * The names, of those given, that some file of the tree holds which is no kustomization, and not the file of that name; also where a
 * script fills in a part that some file holds, such as `patches/{{ item }}-ingress.yaml`. In git all that is tracked is searched;
 * elsewhere the workspace.
 *
 * @param names texts without line ends
 */
export async function findMentions(
  context: PipelineContext,
  names: readonly string[],
  searched: Searched,
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set()
  const search = await searcherOf(context, searched)
  const written = await search.holds(names)
  const templates = await search.templated()
  // Where git cannot search, no name gets a finding.
  if (written === 'failed' || templates === 'failed') return new Set(names)
  const filled = filledIn(names, templates)
  const words = await search.holds([...new Set([...filled.values()].flat(2))])
  if (words === 'failed') return new Set(names)
  const isThere = (choices: readonly (readonly string[])[]): boolean =>
    choices.some((choice) => choice.every((word) => words.has(word)))
  return new Set([...written, ...[...filled].filter(([, choices]) => isThere(choices)).map(([name]) => name)])
}

/** The words that templates would have to be filled with to be a name, by the names; for each template that can. */
function filledIn(
  names: readonly string[],
  templates: ReadonlySet<string>,
): Map<string, readonly (readonly string[])[]> {
  const patterns = [...templates].flatMap((template) => templatedName(template) ?? [])
  const filled = new Map<string, readonly (readonly string[])[]>()
  for (const name of names) {
    const choices = patterns.flatMap((pattern) => {
      const match = pattern.exec(name)
      return match === null ? [] : [match.slice(1)]
    })
    if (choices.length > 0) filled.set(name, choices)
  }
  return filled
}

/** What can be asked of the texts of a tree; `failed` where git cannot search. */
interface Searcher {
  /** The words that a file holds which is no kustomization, and whose name does not end with them. */
  readonly holds: (words: readonly string[]) => Promise<ReadonlySet<string> | 'failed'>
  readonly templated: () => Promise<ReadonlySet<string> | 'failed'>
}

async function searcherOf(context: PipelineContext, { files, view, signal }: Searched): Promise<Searcher> {
  if ((await context.repository()) === undefined) return fileSearcher(files, view, context.workspace)
  const ask = async (
    sought: Sought,
    isOther: (found: FoundText) => boolean,
  ): Promise<ReadonlySet<string> | 'failed'> => {
    const found = await searchTree(context, sought, signal)
    if (found === undefined || found === 'failed') return 'failed'
    return new Set(found.filter(isOther).map(({ text }) => text))
  }
  return {
    holds: async (words) =>
      words.length === 0 ? new Set() : ask({ fixed: words }, ({ file, text }) => !isOwn(file, text)),
    templated: async () => ask({ pattern: TEMPLATED }, () => true),
  }
}

/** Whether a word is the name of the file that holds it, or its name without its ending. */
function isOwn(file: string, word: string): boolean {
  return file.endsWith(word) || file.replace(/\.ya?ml$/u, '').endsWith(word)
}

function fileSearcher(files: readonly string[], view: TreeView, workspace: string): Searcher {
  const texts = files.flatMap((file) => {
    const path = relative(workspace, file).split(sep).join('/')
    const bytes = Buffer.from(view.readFile(file))
    const isText = bytes.byteLength <= MAX_TEXT && !KUSTOMIZATION_NAMES.some((name) => path.endsWith(name))
    return isText ? [{ path, bytes }] : []
  })
  return {
    holds: async (words) =>
      new Set(
        words.filter((word) => texts.some(({ path, bytes }) => !isOwn(path, word) && bytes.includes(word))),
      ),
    templated: async () =>
      new Set(
        texts.flatMap(({ bytes }) =>
          Array.from(bytes.toString('utf8').matchAll(new RegExp(TEMPLATED, 'gu')), ([name]) => name),
        ),
      ),
  }
}
