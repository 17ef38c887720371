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

/** An error in a base config or in its patch script. */
export class ConfigsFault extends Fault<ConfigsCode> {}
