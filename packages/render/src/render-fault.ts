import { Fault } from '@overlay-render/system'

export type RenderCode =
  | 'workspace-not-found'
  | 'workspace-config-invalid'
  | 'overlay-unknown'
  | 'overlay-ambiguous'
  | 'overlay-not-given'
  | 'overlay-name-clash'
  | 'extends-circle'
  | 'extends-unknown'
  | 'config-clash'
  | 'outside-boundary'
  | 'link-broken'
  | 'template-missing'
  | 'template-invalid'
  | 'value-missing'
  | 'edit-file-missing'
  | 'edit-invalid'
  | 'file-missing'
  | 'secret-missing'
  | 'kustomization-missing'
  | 'output-unsafe'
  | 'comparison-unknown'
  | 'revision-unknown'

/** A fault in a workspace, or in what was asked of it. */
export class RenderFault extends Fault<RenderCode> {}
