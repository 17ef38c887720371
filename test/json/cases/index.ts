import { DEPLOYING_CASES } from './deploying.ts'
import { PROW_CASES } from './prow.ts'
import { RENDERING_CASES } from './rendering.ts'
import { REVIEWING_CASES } from './reviewing.ts'

/** The cases with work to do, beside `everyCommand`: each difference, finding and failure. */
export const CASES = [...RENDERING_CASES, ...REVIEWING_CASES, ...DEPLOYING_CASES, ...PROW_CASES]
