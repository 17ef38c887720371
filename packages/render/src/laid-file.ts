import type { NamedBytes, RenderedConfig } from '@overlay-render/configs'

import type { EditSetting, TemplateSetting } from './workspace-config.ts'

/** How a file of the stage was made. A file of the user's own has no entry. */
export type LaidBy =
  | {
      readonly kind: 'config'
      readonly base: NamedBytes
      readonly script: NamedBytes | undefined
      readonly rendered: RenderedConfig
    }
  /** `file` is what messages call the template. */
  | {
      readonly kind: 'template'
      readonly setting: TemplateSetting
      readonly file: string
      readonly text: string
    }
  /** `before` is what the edit found. */
  | { readonly kind: 'edit'; readonly setting: EditSetting; readonly before: Uint8Array }
  /** Taken over from the overlay that is extended. */
  | { readonly kind: 'copy'; readonly from: string }
  | { readonly kind: 'stub' }
  /** A kustomization whose remotes are led to vendored copies, or such a copy. */
  | { readonly kind: 'vendored' }
