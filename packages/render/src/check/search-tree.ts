import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'

import type { PipelineContext } from '../pipeline-context.ts'

/** A text of a file. */
export interface FoundText {
  /** Relative to the top of the work tree; outside of git, to the workspace. */
  readonly file: string
  readonly text: string
}

const OPTIONS = ['--no-color', '--no-recurse-submodules', '-I', '-z']
const OTHERS = KUSTOMIZATION_NAMES.map((name) => `:(exclude,glob)**/${name}`)

/**
 * Searches all files that git tracks or would track, kustomizations left out, in one call of `git grep`: those of the disk, or of the
 * commit that the workspace is opened at. `failed` outside of git, and where git cannot search.
 *
 * @param words texts without line ends, at least one
 * @param options.lines whether whole lines are returned, or the words alone
 */
export async function searchTree(
  context: PipelineContext,
  words: readonly string[],
  { lines, signal }: { readonly lines: boolean; readonly signal: AbortSignal | undefined },
): Promise<readonly FoundText[] | 'failed'> {
  const repository = await context.repository()
  if (repository === undefined) return 'failed'
  const { commit } = context.visible.whole
  const where = commit === undefined ? ['--untracked'] : [commit]
  const { form, input } = patternsOf(words)
  const options = [...OPTIONS, ...(lines ? [] : ['-o']), form, '-f', '-', ...where, '--', '.', ...OTHERS]
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

/** git looks for one word after the other: with more than these, one pattern of all is sooner done. */
const FEW = 8

function patternsOf(words: readonly string[]): { readonly form: string; readonly input: string } {
  if (words.length <= FEW) return { form: '-F', input: `${words.join('\n')}\n` }
  const escaped = words.map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`))
  return { form: '-E', input: `${escaped.join('|')}\n` }
}
