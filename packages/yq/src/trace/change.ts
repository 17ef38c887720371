export interface Change {
  readonly kind: string
}
