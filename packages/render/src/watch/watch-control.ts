/** Requests to a running watch, such as from a keyboard. */
export class WatchControl {
  #onRequest: ((request: 'again' | 'all') => void) | undefined

  /** Renders the watched overlays now, without a file change. */
  renderAgain(): void {
    this.#onRequest?.('again')
  }

  /** Watches and renders every overlay of the workspace from now on. */
  watchAll(): void {
    this.#onRequest?.('all')
  }

  /** Sets the listener of the watch; a later one replaces it. */
  onRequest(listener: (request: 'again' | 'all') => void): void {
    this.#onRequest = listener
  }
}
