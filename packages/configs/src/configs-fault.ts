import { Fault } from '@overlay-render/system'

/** The codes of `ConfigsFault`. */
export type ConfigsCode =
  /** A base config does not exist. */
  | 'base-missing'
  /** A base config has no content. */
  | 'base-empty'
  /** A base config is not YAML. */
  | 'base-invalid'
  /** A base config has several documents. */
  | 'base-many-documents'
  /** A base config has the same key twice in one map. */
  | 'base-duplicate-key'
  /** A patch script has a syntax error. */
  | 'script-invalid'
  /** The language of a patch script is not recognised: name it with `configs.dialect`. */
  | 'script-dialect-unknown'
  /** A patch script changes nothing. */
  | 'script-no-effect'
  /** The result of a patch script is not one document. */
  | 'script-result-invalid'
  /** An operation of a JSON patch cannot be applied. */
  | 'operation-failed'

/** An error in a base config or in its patch script. */
export class ConfigsFault extends Fault<ConfigsCode> {}
