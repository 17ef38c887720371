/** Says that a text has a form that the reader of plain blocks leaves to the full reader. */
export class Unread extends Error {}
