/** Thrown when the reader of plain blocks cannot read a text, so that the full reader must. */
export class NotPlainBlocks extends Error {}
