import { Fault } from '@overlay-render/system'

export type ConfigsCode =
  | 'base-missing'
  | 'base-empty'
  | 'base-invalid'
  | 'base-many-documents'
  | 'base-duplicate-key'
  | 'script-invalid'
  | 'script-dialect-unknown'
  | 'script-no-effect'
  | 'script-result'
  | 'operation-failed'

/** A fault in a base config or in the patch script that changes it. */
export class ConfigsFault extends Fault<ConfigsCode> {}
