import { Fault } from '@overlay-render/system'

export type RenderCode =
  | 'workspace-not-found'
  | 'workspace-config-invalid'
  | 'overlay-unknown'
  | 'overlays-unmatched'
  | 'pattern-invalid'
  | 'script-unused'
  | 'overlay-ambiguous'
  | 'overlay-not-given'
  | 'extends-circle'
  | 'outside-boundary'
  | 'link-broken'
  | 'template-missing'
  | 'template-invalid'
  | 'value-missing'
  | 'edit-file-missing'
  | 'edit-invalid'
  | 'file-missing'
  | 'secret-missing'
  | 'secret-read'
  | 'environment-refused'
  | 'comparison-unknown'
  | 'revision-unknown'
  | 'shard-invalid'

/** A fault in a workspace, or in what was asked of it. */
export class RenderFault extends Fault<RenderCode> {}
