/** In its own module, so that the bundle loads only this part of the library, and late. */
export { openWorkspace } from '@overlay-render/render'
