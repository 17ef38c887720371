import type { NamedBytes, RenderedConfig } from '@overlay-render/configs'

import type { EditSetting, TemplateSetting } from './workspace-config.ts'

/** The step that wrote a file of the stage. The user's own files have no entry. */
export type LaidBy =
  | {
      readonly kind: 'config'
      readonly base: NamedBytes
      readonly script: NamedBytes | undefined
      readonly rendered: RenderedConfig
    }
  /** `file` is the name of the template in messages. */
  | {
      readonly kind: 'template'
      readonly setting: TemplateSetting
      readonly file: string
      readonly text: string
    }
  /** `before` is the content before the edit. */
  | { readonly kind: 'edit'; readonly setting: EditSetting; readonly before: Uint8Array }
  /** Copied from the extended overlay. */
  | { readonly kind: 'copy'; readonly from: string }
  | { readonly kind: 'stub' }
  /** A kustomization whose remotes were replaced by vendored copies, or such a copy. */
  | { readonly kind: 'vendored' }
