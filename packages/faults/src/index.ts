export { type Blame, Fault, type FaultOptions } from './fault.ts'
export { nearestNames } from './nearest.ts'
export { printable, printableLines } from './printable.ts'
export { formatPosition, type Position, positionAt, renderCaret } from './position.ts'
