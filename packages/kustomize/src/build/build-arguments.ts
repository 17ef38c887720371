import type { Kustomize } from '../provide/provider.ts'
import { hasBehaviour } from '../versions/behaviours.ts'

/**
 * The arguments with which a pinned program builds the folder `root` and reads files only below the kustomization that names them.
 *
 * @param helm what is run for helm; charts are refused without
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
