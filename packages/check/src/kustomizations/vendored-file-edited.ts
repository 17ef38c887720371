import type { Rule } from '../rule.ts'
import { type SourceCheck, sourceExample } from './source-check.ts'

const NAME = 'vendored-file-edited'
const url = 'https://example.com/install.yaml'
const files = { 'overlays/prod/kustomization.yaml': `resources: ["${url}"]\n` }

/** Vendored copies that were edited. */
export const vendoredFileEdited: Rule<SourceCheck> = {
  name: NAME,
  severity: 'error',
  doc: 'The vendored copy of a remote was edited: an update would lose the edit, and no overlay that uses the remote renders.',
  check: ({ editedCopies }) =>
    editedCopies.map((copy) => ({
      rule: NAME,
      severity: 'error',
      message: `the copy of "${copy.url}" does not match the lock: it was edited`,
      object: copy.url,
      position: { file: copy.path, line: 1, column: 1 },
      hint: 'restore it from git; to change what is deployed, patch it in an overlay',
    })),
  examples: {
    fires: [
      sourceExample('a copy that was edited', files, {
        vendored: [url],
        editedCopies: [{ url, path: 'vendor/example.com/install.yaml' }],
      }),
    ],
    silent: [sourceExample('an unchanged copy', files, { vendored: [url] })],
  },
}
