import type { Finding } from '@overlay-render/system'

import type { AliasBudget } from './aliases.ts'
import type { Origins } from './origins.ts'

/** The context of decoding a document. */
export interface DecodeContext {
  readonly origins: Origins
  readonly report: (finding: Finding) => void
  /** Counts nodes from aliases; throws when a document has too many. */
  readonly budget: AliasBudget
}
