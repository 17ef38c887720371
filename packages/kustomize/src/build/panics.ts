import { explainDuplicate } from './explain-resource.ts'
import type { Cause } from './failure.ts'

/** Known Go panics of kustomize caused by the user's files, by their message and stack functions. */
export const PANICS: readonly Cause[] = [
  { pattern: /^may not add resource with an already registered id: (\S+)/u, explain: explainDuplicate },
  {
    pattern: /slice bounds out of range \[1:0\]/u,
    explain: (_match, { version }) => ({
      code: 'build-crashed',
      message: `kustomize ${version} crashes on a literal whose value is one quote mark`,
      hint: 'quote the value twice, or read it from a file',
    }),
  },
  {
    pattern: /nil pointer dereference[^]*PatchJson6902/u,
    explain: () => ({ code: 'value-invalid', message: 'an entry of patchesJson6902 must have a target' }),
  },
  {
    pattern: /nil pointer dereference[^]*regexp/u,
    explain: (_match, { version, overlay }) => ({
      code: 'value-invalid',
      message: `kustomize ${version} reads the names under images of ${overlay} as regular expressions, and one is invalid`,
    }),
  },
  {
    pattern: /index out of range \[0\] with length 0[^]*(?:openapi|crd)/iu,
    explain: () => ({ code: 'value-invalid', message: 'a file under crds is empty' }),
  },
  {
    pattern: /invalid schema file/u,
    explain: () => ({
      code: 'value-invalid',
      message: 'the file under openapi.path is not an OpenAPI schema',
    }),
  },
]
