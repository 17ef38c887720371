/** A line of a report. */
export interface ShownLine {
  readonly kind: 'same' | 'removed' | 'added' | 'place' | 'cut'
  readonly text: string
  /** The part of the text that differs from the line it is compared with. */
  readonly changed?: { readonly start: number; readonly end: number }
}
