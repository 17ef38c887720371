import type { Finding } from '@overlay-render/system'

import type { AliasBudget } from './aliases.ts'
import type { Origins } from './origins.ts'

/** What goes along while a document is decoded. */
export interface DecodeContext {
  readonly origins: Origins
  readonly report: (finding: Finding) => void
  /** Counts what aliases bring; throws when a document has too many. */
  readonly budget: AliasBudget
}
