import type { OutputName } from './outputs.ts'

/** What a command prints with `--json`. */
export interface CommandJson {
  readonly output: OutputName
  /** The flags or arguments that print this one, such as `--repo`; absent for the usual output. */
  readonly with?: string
  /** When the exit status is 1; absent when it never is. */
  readonly difference?: string
}

/** What each command of the table prints with `--json`; the first is the usual output. */
export const COMMAND_OUTPUTS: Readonly<Record<string, readonly CommandJson[]>> = {
  init: [{ output: 'init', difference: 'a listed overlay does not render' }],
  render: [{ output: 'render' }],
  'golden check': [
    {
      output: 'diff',
      difference: 'an overlay differs from its golden or its cluster, or a golden has no overlay',
    },
  ],
  'golden update': [{ output: 'golden-update' }],
  watch: [{ output: 'watch' }],
  secrets: [{ output: 'secrets', difference: 'a file is missing' }],
  explain: [{ output: 'explain' }],
  vendor: [
    { output: 'vendor' },
    { output: 'vendor-update', with: 'vendor update', difference: 'an overlay does not render after it' },
    { output: 'vendor-check', with: 'vendor check', difference: 'there is a finding' },
  ],
  review: [{ output: 'review', difference: '`needsAttention` is true' }],
  'report merge': [{ output: 'review', difference: '`needsAttention` is true' }],
  affected: [{ output: 'affected' }],
  check: [
    { output: 'check', difference: 'there is an error, or with `--strict` a warning' },
    { output: 'baseline', with: '--write-baseline' },
    { output: 'checklist', with: '--repo', difference: 'a step is not done' },
  ],
  diff: [
    { output: 'diff', difference: 'the sides differ' },
    { output: 'json-patch', with: '--format json-patch', difference: 'the sides differ' },
  ],
  plan: [{ output: 'plan', difference: 'a finding is an error' }],
  apply: [{ output: 'apply', difference: 'the plan was not confirmed' }],
  'deploy-test': [{ output: 'deploy-test', difference: 'a finding is an error' }],
  'kustomize which': [{ output: 'kustomize' }],
  'kustomize install': [{ output: 'kustomize' }],
  'kustomize version': [{ output: 'kustomize-version' }],
  'pin compare': [{ output: 'pin-compare', difference: 'the `outcome` of an overlay is not `same`' }],
  'jobs diff': [{ output: 'jobs-diff', difference: 'the jobs differ' }],
  'jobs explain': [{ output: 'jobs-explain' }],
  'jobs check': [
    { output: 'findings', difference: 'there is an error or a warning' },
    { output: 'checklist', with: '--repo', difference: 'a step is not done' },
  ],
  'kubeconfig merge': [{ output: 'kubeconfig-merge' }],
  'kubeconfig check': [{ output: 'findings', difference: 'there is a finding' }],
  inventory: [{ output: 'inventory' }],
  'cache info': [{ output: 'cache-info' }],
  'cache clear': [{ output: 'cache-clear' }],
}
