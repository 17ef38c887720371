export { type ConfigsCode, ConfigsFault } from './configs-fault.ts'
export { type Dialect, type Recognition, recogniseDialect } from './dialect.ts'
export { checkBase, copyConfig, renderConfig } from './render-config.ts'
export type { ConfigChange, ConfigInput, NamedBytes, PrintMode, RenderedConfig } from './rendered-config.ts'
