import { relative, sep } from 'node:path'

import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'

import type { PipelineContext } from '../pipeline-context.ts'

/** A line or a word found in a file. */
export interface FoundText {
  /** Relative to the top of the git work tree; outside of git, to the workspace. */
  readonly file: string
  readonly text: string
}

const OPTIONS = ['--no-color', '--no-recurse-submodules', '-I', '-z']
const OTHERS = KUSTOMIZATION_NAMES.map((name) => `:(exclude,glob)**/${name}`)

/** Where to search, and what to return. */
export interface SearchOptions {
  /** An absolute path: only files below it are searched. The whole tree when absent. */
  readonly below: string | undefined
  /** Whether to return whole lines or only the words. */
  readonly lines: boolean
  readonly signal: AbortSignal | undefined
}

/**
 * Searches all files that git tracks or would track, except kustomizations, with one call of `git grep`: files on disk, or of the
 * commit at which the workspace is opened. `failed` outside of git, and when git cannot search.
 *
 * @param words texts without line ends, at least one
 */
export async function searchTree(
  context: PipelineContext,
  words: readonly string[],
  { below, lines, signal }: SearchOptions,
): Promise<readonly FoundText[] | 'failed'> {
  const repository = await context.repository()
  if (repository === undefined) return 'failed'
  const { commit } = context.visible.whole
  const where = commit === undefined ? ['--untracked'] : [commit]
  const { form, input } = patternsOf(words)
  const place = `:(top,literal)${relative(repository.workTree, below ?? repository.workTree).replaceAll(sep, '/')}`
  const options = [...OPTIONS, ...(lines ? [] : ['-o']), form, '-f', '-', ...where, '--', place, ...OTHERS]
  const { exitCode, stdout } = await repository.run('grep', options, { signal, input })
  if (exitCode !== 0 && exitCode !== 1) return 'failed'
  return Buffer.from(stdout)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [file = '', text = ''] = line.split('\0')
      return text === '' ? [] : [{ file, text }]
    })
}

/** git searches fixed strings one after the other. With more words than this, one regular expression of all is faster. */
const MAX_FIXED_STRINGS = 8

function patternsOf(words: readonly string[]): { readonly form: string; readonly input: string } {
  if (words.length <= MAX_FIXED_STRINGS) return { form: '-F', input: `${words.join('\n')}\n` }
  const escaped = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`))
  return { form: '-E', input: `${escaped.join('|')}\n` }
}
