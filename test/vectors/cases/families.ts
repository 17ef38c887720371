import { cases as blockScalars } from './block-scalars.ts'
import type { Case } from './case.ts'
import { cases as comments } from './comments.ts'
import { cases as expressions } from './expressions.ts'
import { cases as oddities } from './oddities.ts'
import { cases as onceFailed } from './once-failed.ts'
import * as prow from './prow.ts'
import * as random from './random.ts'
import { cases as rare } from './rare.ts'
import { cases as scalars } from './scalars.ts'
import { cases as structures } from './structures.ts'
import { cases as tomlAndIni } from './toml-and-ini.ts'
import { cases as values } from './values.ts'

/** All families of recorded cases. Each family is one vector file. */
export const FAMILIES: Readonly<Record<string, () => Case[]>> = {
  'block-scalars': blockScalars,
  comments,
  expressions,
  oddities,
  'once-failed': onceFailed,
  'prow-documents': prow.documents,
  'prow-scripts': prow.pairs,
  'random-documents': random.documents,
  'random-pairs': random.pairs,
  rare,
  scalars,
  structures,
  'toml-and-ini': tomlAndIni,
  values,
}
