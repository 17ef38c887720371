import { CONFIG_MAP, DEPLOYMENT, SETTINGS, SIDES } from '../case-files.ts'
import type { JsonCase } from './json-case.ts'

/** Commands that review changes, check sources and compare manifests. */
export const REVIEWING_CASES: readonly JsonCase[] = [
  {
    says: 'review of overlays that fail, now and before',
    run: 'review --base HEAD',
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
    run: 'review --base HEAD',
    output: 'review',
    status: 1,
    edits: {
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
      'overlays/x/unused.yaml': CONFIG_MAP('unused', '{}'),
    },
  },
  { says: 'review of nothing', run: 'review --base HEAD', output: 'review', status: 0 },
  {
    says: 'review since an unknown revision',
    run: 'review --base nowhere',
    output: 'error',
    status: 2,
  },
  {
    says: 'a merged review',
    run: 'report merge part.json',
    output: 'review',
    status: 1,
    first: ['review --base HEAD~1 --shard 1/1 --report part=part.json'],
  },
  {
    says: 'affected with a new and a removed overlay',
    run: 'affected --base HEAD',
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
    run: 'check --strict',
    output: 'check',
    status: 1,
    files: {
      'overlays/x/kustomization.yaml': 'resources: [cm.yaml, deck.yaml]\n',
      'overlays/x/deck.yaml': DEPLOYMENT,
      'overlays/x/unused.yaml': CONFIG_MAP('unused', '{}'),
    },
  },
  { says: 'check writes a baseline', run: 'check --write-baseline', output: 'baseline', status: 0 },
  {
    says: 'check lists the steps for a repository',
    run: 'check --repo org/repo',
    output: 'checklist',
    status: 1,
  },
  {
    says: 'diff of every kind of change',
    run: 'diff before.yaml after.yaml',
    output: 'diff',
    status: 1,
    files: SIDES,
  },
  {
    says: 'diff of every kind of change as patches',
    run: 'diff before.yaml after.yaml --format json-patch',
    output: 'json-patch',
    status: 1,
    files: SIDES,
  },
  { says: 'diff of equal sides', run: 'diff x x', output: 'diff', status: 0 },
  {
    says: 'diff with ignored differences',
    run: 'diff HEAD~1:x x',
    output: 'diff',
    status: 0,
    files: { 'overlay-render.yaml': `${SETTINGS}golden: {ignore: [{path: $.data.a}]}\n` },
  },
  {
    says: 'diff of a file that is not there',
    run: 'diff a.yaml before.yaml',
    output: 'error',
    status: 2,
  },
]
