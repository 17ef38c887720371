import { relative, sep } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'
import type { TreeView } from '@overlay-render/system'

import type { PipelineContext } from '../pipeline-context.ts'
import { type FoundText, searchTree } from './search-tree.ts'

/** Larger files, in bytes, are data and mention no file names. */
const MAX_TEXT = 1_000_000

/** What is searched. */
export interface Searched {
  /** In git, an absolute path: only files below it are searched. The whole tree when absent. */
  readonly below?: string | undefined
  /** The files to search outside of git. */
  readonly files: readonly string[]
  readonly view: TreeView
  readonly signal: AbortSignal | undefined
}

/** Texts of a tree in which names are looked for. Kustomizations are not among them. */
export interface TreeTexts {
  /** The lines that contain one of the words; outside of git, whole files of the workspace. */
  readonly texts: readonly FoundText[]
  /** Finds which of further words occur in a file whose name does not end with the word; `failed` when git cannot search. */
  readonly holds: (words: readonly string[]) => Promise<ReadonlySet<string> | 'failed'>
}

/**
 * Reads the lines that contain one of the words, in files that git tracks or would track, with one call of git.
 *
 * @param words texts without line ends
 */
export async function readTexts(
  context: PipelineContext,
  words: readonly string[],
  { below, files, view, signal }: Searched,
): Promise<TreeTexts | 'failed'> {
  if ((await context.repository()) === undefined) {
    const texts = textsOf(files, view, context.workspace)
    return { texts, holds: async (others) => wordsIn(texts, others) }
  }
  const sought = words.filter((word) => !words.some((part) => part !== word && word.includes(part)))
  const texts = await searchTree(context, sought, { below, lines: true, signal })
  if (texts === 'failed') return 'failed'
  const holds = async (others: readonly string[]): Promise<ReadonlySet<string> | 'failed'> => {
    const known = wordsIn(texts, others)
    const rest = others.filter((word) => !known.has(word))
    if (rest.length === 0) return known
    const found = await searchTree(context, rest, { below, lines: false, signal })
    if (found === 'failed') return 'failed'
    const more = found.filter(({ file, text }) => !isOwn(file, text)).map(({ text }) => text)
    return new Set([...known, ...more])
  }
  return { texts, holds }
}

function textsOf(files: readonly string[], view: TreeView, workspace: string): FoundText[] {
  return files.flatMap((path) => {
    const file = relative(workspace, path).split(sep).join('/')
    if (KUSTOMIZATION_NAMES.some((name) => file.endsWith(name))) return []
    const bytes = view.readFile(path)
    return bytes.byteLength > MAX_TEXT ? [] : [{ file, text: Buffer.from(bytes).toString('utf8') }]
  })
}

/** Those of the words that occur in a file whose name does not end with the word. */
export function wordsIn(texts: readonly FoundText[], words: readonly string[]): ReadonlySet<string> {
  return new Set(
    words.filter((word) => texts.some(({ file, text }) => text.includes(word) && !isOwn(file, word))),
  )
}

/** Whether a word is the name of the file that contains it, with or without the extension. */
function isOwn(file: string, word: string): boolean {
  return file.endsWith(word) || file.replace(/\.ya?ml$/u, '').endsWith(word)
}
