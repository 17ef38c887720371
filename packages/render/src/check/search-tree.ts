import { KUSTOMIZATION_NAMES } from '@overlay-render/kustomize'

import type { PipelineContext } from '../pipeline-context.ts'

/** Texts as they are, or one extended regular expression. */
export type Sought = { readonly fixed: readonly string[] } | { readonly pattern: string }

/** A text that a file holds. */
export interface FoundText {
  /** Relative to the top of the work tree. */
  readonly file: string
  readonly text: string
}

const OPTIONS = ['--no-color', '--no-recurse-submodules', '-I', '-o', '-z']
const OTHERS = KUSTOMIZATION_NAMES.map((name) => `:(exclude,glob)**/${name}`)

/**
 * Searches all files that git tracks or would track, kustomizations left out, in one call of `git grep`: those of the disk, or of the
 * commit that the workspace is opened at. Undefined outside of git, `failed` where git cannot search.
 */
export async function searchTree(
  context: PipelineContext,
  sought: Sought,
  signal: AbortSignal | undefined,
): Promise<readonly FoundText[] | 'failed' | undefined> {
  const repository = await context.repository()
  if (repository === undefined) return undefined
  const { commit } = context.visible.whole
  const isFixed = 'fixed' in sought
  const where = commit === undefined ? ['--untracked'] : [commit]
  const form = isFixed ? '-F' : '-E'
  const { exitCode, stdout } = await repository.run(
    'grep',
    [...OPTIONS, form, '-f', '-', ...where, '--', '.', ...OTHERS],
    {
      signal,
      input: `${(isFixed ? sought.fixed : [sought.pattern]).join('\n')}\n`,
    },
  )
  if (exitCode !== 0 && exitCode !== 1) return 'failed'
  return Buffer.from(stdout)
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [file = '', text = ''] = line.split('\0')
      return text === '' ? [] : [{ file, text }]
    })
}
