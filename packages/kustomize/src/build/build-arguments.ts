import type { Kustomize } from '../provide/provider.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

/**
 * The arguments with which a pinned program builds the folder `root`, with root-only loading.
 *
 * @param helm the program to run as helm; charts are rejected when absent
 */
export function buildArguments(
  { program, version }: Kustomize,
  root: string,
  helm?: string,
): readonly string[] {
  const flag = hasBehaviour(version, 'underscore-flags') ? '--load_restrictor' : '--load-restrictor'
  const command = program === 'kubectl' ? 'kustomize' : 'build'
  const charts = helm === undefined ? [] : ['--enable-helm', '--helm-command', helm]
  return [command, flag, 'LoadRestrictionsRootOnly', ...charts, root]
}
