import { BROKEN, DEPLOYMENT, JOBS } from '../case-files.ts'
import type { JsonCase } from './json-case.ts'

/** Commands about Prow's jobs and clusters. */
export const PROW_CASES: readonly JsonCase[] = [
  {
    says: 'jobs diff with new, removed, renamed and changed jobs',
    run: 'jobs diff HEAD .',
    output: 'jobs-diff',
    status: 1,
    files: {
      'base/config.yaml':
        'presets:\n- {labels: {preset-a: "true"}, env: [{name: A, value: b}]}\ndecorate_all_jobs: true\n',
    },
    edits: {
      'jobs/job.yaml': JOBS(
        'c',
        'periodics:\n- {name: nightly, interval: 1h, agent: kubernetes, spec: {containers: [{image: a, command: [sh]}]}}\n',
      ),
    },
  },
  {
    says: 'jobs explain with a preset',
    run: 'jobs explain job',
    output: 'jobs-explain',
    status: 0,
    files: { 'base/config.yaml': 'presets:\n- {labels: {preset-a: "true"}, env: [{name: A, value: b}]}\n' },
    edits: { 'jobs/job.yaml': JOBS('c', '') },
  },
  {
    says: 'jobs explain of a job that is not there',
    run: 'jobs explain jab',
    output: 'error',
    status: 2,
  },
  {
    says: 'jobs check without findings',
    run: 'jobs check',
    output: 'findings',
    status: 0,
    files: { 'base/config.yaml': '{}\n' },
  },
  {
    says: 'jobs check lists the steps for a repository',
    run: 'jobs check --repo org/repo',
    output: 'checklist',
    status: 1,
  },
  {
    says: 'kubeconfigs that cannot be merged so',
    run: 'kubeconfig merge kubeconfig.yaml --out m --semantics x',
    output: 'error',
    status: 2,
  },
  {
    says: 'inventory with an overlay that fails',
    run: 'inventory',
    output: 'inventory',
    status: 2,
    files: {
      ...BROKEN,
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
    },
  },
]
