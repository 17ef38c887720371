import type { Severity } from '@overlay-render/system'

/** A finding about the objects of a cluster, or about what the API server says. No setting changes it. */
export interface ClusterFinding {
  readonly name: string
  readonly severity: Severity
  /** One sentence: the problem that it reports. */
  readonly doc: string
  /** The commands that report it. */
  readonly commands: readonly ClusterCommand[]
}

type ClusterCommand = 'diff live:' | 'golden check --live' | 'plan' | 'plan --live' | 'apply' | 'deploy-test'

const READING = ['diff live:', 'golden check --live', 'plan --live', 'apply'] as const
const ASKING = ['plan --live', 'apply'] as const

/** The findings of commands that work with a cluster, for docs/rules.md. */
export const CLUSTER_FINDINGS: readonly ClusterFinding[] = [
  {
    name: 'definition-pending',
    severity: 'info',
    doc: 'The cluster does not have the CustomResourceDefinition of an object yet, and the overlay has it.',
    commands: READING,
  },
  {
    name: 'kind-unknown',
    severity: 'error',
    doc: 'The cluster does not know the kind of an object, and the overlay does not define it.',
    commands: READING,
  },
  {
    name: 'not-read',
    severity: 'warning',
    doc: 'An object cannot be read from the cluster, such as without permission, so it is not compared.',
    commands: READING,
  },
  {
    name: 'must-be-replaced',
    severity: 'error',
    doc: 'The API server refuses a change, unless the object is deleted and created again; `warning` when `--replace` names the object.',
    commands: ['plan', 'apply'],
  },
  {
    name: 'refused-by-server',
    severity: 'error',
    doc: 'The API server refuses an object, or would refuse it.',
    commands: ['plan', 'apply', 'deploy-test'],
  },
  {
    name: 'owned-by-others',
    severity: 'warning',
    doc: 'Another manager owns a field, and applying takes it over.',
    commands: ASKING,
  },
  {
    name: 'server-warning',
    severity: 'warning',
    doc: 'The API server accepts an object with a warning, such as about a deprecated version.',
    commands: ASKING,
  },
  {
    name: 'namespace-missing',
    severity: 'error',
    doc: 'Objects are in a namespace that is not in the cluster, and that the overlay does not have.',
    commands: ASKING,
  },
  {
    name: 'not-asked',
    severity: 'info',
    doc: 'The server cannot check some steps before the namespaces and definitions of the plan exist.',
    commands: ASKING,
  },
  {
    name: 'duplicate-list-key',
    severity: 'error',
    doc: 'Two items of a list that an apply merges have the same key.',
    commands: ['plan', 'apply', 'deploy-test'],
  },
  {
    name: 'base-refused',
    severity: 'info',
    doc: 'The API server refuses an object of the base, and the change corrects it.',
    commands: ['deploy-test'],
  },
]
