import { cacheRows } from './cache.ts'
import type { CommandRow } from './command-row.ts'
import { deployRows } from './deploy.ts'
import { prowRows } from './prow.ts'
import { renderRows } from './render.ts'
import { reviewRows } from './review.ts'

export type { Argument, CommandRow, Example } from './command-row.ts'

/** Every command except `yq`, whose flags are those of the real yq, in the order of the help. */
export const COMMANDS: readonly CommandRow[] = [
  ...renderRows,
  ...reviewRows,
  ...deployRows,
  ...prowRows,
  ...cacheRows,
]

/** The first words of two-word commands, with their help. */
export const GROUPS: Readonly<Record<string, string>> = {
  cache: 'the renders kept between runs',
  golden: 'compare with golden files, or accept what is rendered',
  jobs: "Prow's jobs as Prow runs them",
  kubeconfig: "the kubeconfigs of Prow's components",
  kustomize: 'the pinned kustomize',
  report: 'merge the reports of several reviews',
  pin: 'the pinned kustomize or kubectl',
}
