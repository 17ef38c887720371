import type { Rule } from '../rule.ts'
import { orphan } from './orphan.ts'
import { remoteNotPinned } from './remote-not-pinned.ts'
import type { SourceCheck } from './source-check.ts'
import { unusedFile } from './unused-file.ts'
import { vendoredFileEdited } from './vendored-file-edited.ts'

/** The rules about kustomizations that need no build. */
export const SOURCE_RULES: readonly Rule<SourceCheck>[] = [
  unusedFile,
  orphan,
  remoteNotPinned,
  vendoredFileEdited,
]
