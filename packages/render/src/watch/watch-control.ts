/** What the holder of a running watch may ask of it, such as a person at a keyboard. */
export class WatchControl {
  #onRequest: ((request: 'again' | 'all') => void) | undefined

  /** Renders the watched overlays now, although no file changed. */
  renderAgain(): void {
    this.#onRequest?.('again')
  }

  /** Watches every overlay of the workspace from now on, and renders them. */
  watchAll(): void {
    this.#onRequest?.('all')
  }

  /** The watch listens here; the last listener counts. */
  onRequest(listener: (request: 'again' | 'all') => void): void {
    this.#onRequest = listener
  }
}
