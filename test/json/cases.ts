import type { OutputName } from '../../packages/cli/src/json/outputs.ts'
import { CONFIG_MAP, DEPLOYMENT, SETTINGS, BROKEN, GENERATED, SIDES, JOBS } from './case-files.ts'

/** A run of a command in a workspace of `layForEveryCommand`. */
export interface JsonCase {
  readonly says: string
  /** Without `--json`. */
  readonly args: readonly string[]
  readonly output: OutputName
  readonly status: number
  /** Files of both commits of the workspace, in addition to its own or in place of them. */
  readonly files?: Readonly<Record<string, string>>
  /** Files that are written after the last commit; undefined removes one. */
  readonly edits?: Readonly<Record<string, string | undefined>>
  /** In place of the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>
  /** Runs that come first, such as of `review` for `report merge`. */
  readonly first?: readonly (readonly string[])[]
}

/** The cases with work to do, beside `everyCommand`: each difference, finding and failure. */
export const CASES: readonly JsonCase[] = [
  // Rendering.
  {
    says: 'render with stubs, and with an overlay that fails',
    args: ['render', '--all'],
    output: 'render',
    status: 2,
    files: { ...GENERATED, ...BROKEN },
  },
  { says: 'render only the configs', args: ['render', 'x', '--configs-only'], output: 'render', status: 0 },
  {
    says: 'render with a patch script of no config',
    args: ['render', 'x'],
    output: 'render',
    status: 2,
    files: { 'overlays/x/yq_scripts/other.yaml': '.a = 1\n' },
  },
  {
    says: 'render without real secrets',
    args: ['render', 'x', '--secrets', 'real'],
    output: 'render',
    status: 2,
    files: GENERATED,
  },
  {
    says: 'render prints the manifests or JSON, not both',
    args: ['render', 'x', '--stdout'],
    output: 'error',
    status: 2,
  },
  {
    says: 'golden check with an overlay that fails, and a golden without an overlay',
    args: ['golden', 'check'],
    output: 'diff',
    status: 2,
    files: { ...BROKEN, 'golden/gone.yaml': CONFIG_MAP('g', '{}') },
  },
  {
    says: 'golden check that matches',
    args: ['golden', 'check'],
    output: 'diff',
    status: 0,
    first: [['golden', 'update']],
  },
  {
    says: 'golden update with an overlay that fails',
    args: ['golden', 'update'],
    output: 'golden-update',
    status: 2,
    files: BROKEN,
  },
  {
    says: 'secrets, of which some are missing',
    args: ['secrets', 'x'],
    output: 'secrets',
    status: 1,
    files: GENERATED,
  },
  {
    says: 'explain a value that a patch sets',
    args: ['explain', 'x', 'ConfigMap/a', '.data.a'],
    output: 'explain',
    status: 0,
    files: GENERATED,
  },
  {
    says: 'explain a generated resource',
    args: ['explain', 'x', 'ConfigMap/a'],
    output: 'explain',
    status: 0,
    files: GENERATED,
  },
  {
    says: 'explain a resource that is not there',
    args: ['explain', 'x', 'ConfigMap/b'],
    output: 'error',
    status: 2,
  },
  {
    says: 'init with an overlay that is left out',
    args: ['-C', 'bare', 'init'],
    output: 'init',
    status: 0,
    files: { 'bare/overlays/z/kustomization.yaml': 'resources: ["https://example.com/a.yaml"]\n' },
  },
  {
    says: 'init of a tree whose only overlay does not render',
    args: ['-C', 'bare', 'init'],
    output: 'init',
    status: 1,
    files: { 'bare/overlays/y/cm.yaml': 'a: [\n' },
  },
  // Reviewing.
  {
    says: 'review of overlays that fail, now and before',
    args: ['review', '--base', 'HEAD'],
    output: 'review',
    status: 2,
    files: {
      'overlays/y/kustomization.yaml': 'resources: [cm.yaml]\n',
      'overlays/y/cm.yaml': 'a: [\n',
      'golden/gone.yaml': CONFIG_MAP('g', '{}'),
    },
    edits: { 'overlays/x/cm.yaml': 'a: [\n', 'overlays/y/cm.yaml': CONFIG_MAP('b', '{a: b}') },
  },
  {
    says: 'review with new findings, of an overlay and of none',
    args: ['review', '--base', 'HEAD'],
    output: 'review',
    status: 1,
    edits: {
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
      'overlays/x/unused.yaml': CONFIG_MAP('unused', '{}'),
    },
  },
  { says: 'review of nothing', args: ['review', '--base', 'HEAD'], output: 'review', status: 0 },
  {
    says: 'review since an unknown revision',
    args: ['review', '--base', 'nowhere'],
    output: 'error',
    status: 2,
  },
  {
    says: 'a merged review',
    args: ['report', 'merge', 'part.json'],
    output: 'review',
    status: 1,
    first: [['review', '--base', 'HEAD~1', '--shard', '1/1', '--report', 'part=part.json']],
  },
  {
    says: 'affected with a new and a removed overlay',
    args: ['affected', '--base', 'HEAD'],
    output: 'affected',
    status: 0,
    edits: {
      'overlays/new/kustomization.yaml': 'resources: [cm.yaml]\n',
      'overlays/new/cm.yaml': CONFIG_MAP('new', '{}'),
      'overlays/x/kustomization.yaml': undefined,
    },
  },
  {
    says: 'check with findings',
    args: ['check', '--strict'],
    output: 'check',
    status: 1,
    files: {
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
      'overlays/x/unused.yaml': CONFIG_MAP('unused', '{}'),
    },
  },
  { says: 'check writes a baseline', args: ['check', '--write-baseline'], output: 'baseline', status: 0 },
  {
    says: 'check lists the steps for a repository',
    args: ['check', '--repo', 'org/repo'],
    output: 'checklist',
    status: 1,
  },
  {
    says: 'diff of every kind of change',
    args: ['diff', 'before.yaml', 'after.yaml'],
    output: 'diff',
    status: 1,
    files: SIDES,
  },
  {
    says: 'diff of every kind of change as patches',
    args: ['diff', 'before.yaml', 'after.yaml', '--format', 'json-patch'],
    output: 'json-patch',
    status: 1,
    files: SIDES,
  },
  { says: 'diff of equal sides', args: ['diff', 'x', 'x'], output: 'diff', status: 0 },
  {
    says: 'diff with ignored differences',
    args: ['diff', 'HEAD~1:x', 'x'],
    output: 'diff',
    status: 0,
    files: { 'overlay-render.yaml': `${SETTINGS}golden: {ignore: [{path: $.data.a}]}\n` },
  },
  {
    says: 'diff of a file that is not there',
    args: ['diff', 'a.yaml', 'before.yaml'],
    output: 'error',
    status: 2,
  },
  // Deploying.
  {
    says: 'plan with a finding',
    args: ['plan', 'x'],
    output: 'plan',
    status: 1,
    files: {
      'golden/x.yaml': DEPLOYMENT.replaceAll('app: deck', 'app: other'),
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
    },
  },
  {
    says: 'compare pins that do not build',
    args: ['pin', 'compare', '4.5.4', '4.5.4'],
    output: 'pin-compare',
    status: 1,
    files: BROKEN,
  },
  {
    says: 'compare with a pin that is not there',
    args: ['pin', 'compare', '4.5.4', '5.0.1'],
    output: 'error',
    status: 2,
    env: { PATH: '/usr/bin:/bin' },
  },
  // Prow.
  {
    says: 'jobs diff with new, removed, renamed and changed jobs',
    args: ['jobs', 'diff', 'HEAD', '.'],
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
    args: ['jobs', 'explain', 'job'],
    output: 'jobs-explain',
    status: 0,
    files: { 'base/config.yaml': 'presets:\n- {labels: {preset-a: "true"}, env: [{name: A, value: b}]}\n' },
    edits: { 'jobs/job.yaml': JOBS('c', '') },
  },
  {
    says: 'jobs explain of a job that is not there',
    args: ['jobs', 'explain', 'jab'],
    output: 'error',
    status: 2,
  },
  {
    says: 'jobs check without findings',
    args: ['jobs', 'check'],
    output: 'findings',
    status: 0,
    files: { 'base/config.yaml': '{}\n' },
  },
  {
    says: 'jobs check lists the steps for a repository',
    args: ['jobs', 'check', '--repo', 'org/repo'],
    output: 'checklist',
    status: 1,
  },
  {
    says: 'kubeconfigs that cannot be merged so',
    args: ['kubeconfig', 'merge', 'kubeconfig.yaml', '--out', 'm', '--semantics', 'x'],
    output: 'error',
    status: 2,
  },
  {
    says: 'inventory with an overlay that fails',
    args: ['inventory'],
    output: 'inventory',
    status: 2,
    files: {
      ...BROKEN,
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
    },
  },
]
