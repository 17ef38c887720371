export { type Blame, Fault, type FaultOptions } from './fault.ts'
export { nearestNames } from './nearest.ts'
export { formatPosition, type Position, positionAt, renderCaret } from './position.ts'
