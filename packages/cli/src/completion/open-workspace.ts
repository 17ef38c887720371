/** A module of its own, so that the bundle holds only this of the library where it is loaded late. */
export { openWorkspace } from '@overlay-render/render'
