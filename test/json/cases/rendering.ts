import { BROKEN, CONFIG_MAP, GENERATED } from '../case-files.ts'
import type { JsonCase } from './json-case.ts'

/** Commands that render overlays, write goldens and explain values. */
export const RENDERING_CASES: readonly JsonCase[] = [
  {
    says: 'render with stubs, and with an overlay that fails',
    run: 'render --all',
    output: 'render',
    status: 2,
    files: { ...GENERATED, ...BROKEN },
  },
  { says: 'render only the configs', run: 'render x --configs-only', output: 'render', status: 0 },
  {
    says: 'render with a patch script of no config',
    run: 'render x',
    output: 'render',
    status: 2,
    files: { 'overlays/x/yq_scripts/other.yaml': '.a = 1\n' },
  },
  {
    says: 'render without real secrets',
    run: 'render x --secrets real',
    output: 'render',
    status: 2,
    files: GENERATED,
  },
  {
    says: 'render prints the manifests or JSON, not both',
    run: 'render x --stdout',
    output: 'error',
    status: 2,
  },
  {
    says: 'golden check with an overlay that fails, and a golden without an overlay',
    run: 'golden check',
    output: 'diff',
    status: 2,
    files: { ...BROKEN, 'golden/gone.yaml': CONFIG_MAP('g', '{}') },
  },
  {
    says: 'golden check that matches',
    run: 'golden check',
    output: 'diff',
    status: 0,
    first: ['golden update'],
  },
  {
    says: 'golden update with an overlay that fails',
    run: 'golden update',
    output: 'golden-update',
    status: 2,
    files: BROKEN,
  },
  {
    says: 'secrets, of which some are missing',
    run: 'secrets x',
    output: 'secrets',
    status: 1,
    files: GENERATED,
  },
  {
    says: 'explain a value that a patch sets',
    run: 'explain x ConfigMap/a .data.a',
    output: 'explain',
    status: 0,
    files: GENERATED,
  },
  {
    says: 'explain a generated resource',
    run: 'explain x ConfigMap/a',
    output: 'explain',
    status: 0,
    files: GENERATED,
  },
  {
    says: 'explain a resource that is not there',
    run: 'explain x ConfigMap/b',
    output: 'error',
    status: 2,
  },
  {
    says: 'init with an overlay that is left out',
    run: '-C bare init',
    output: 'init',
    status: 0,
    files: { 'bare/overlays/z/kustomization.yaml': 'resources: ["https://example.com/a.yaml"]\n' },
  },
  {
    says: 'init of a tree whose only overlay does not render',
    run: '-C bare init',
    output: 'init',
    status: 1,
    files: { 'bare/overlays/y/cm.yaml': 'a: [\n' },
  },
]
