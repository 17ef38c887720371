import { type Change, compile, printNode, YqFault } from '@overlay-render/yq'

import { type BaseConfig, readBaseConfig } from './base-config.ts'
import { ConfigsFault } from './configs-fault.ts'
import { type Dialect, recogniseDialect } from './dialect.ts'
import { applyJsonPatch } from './json-patch.ts'
