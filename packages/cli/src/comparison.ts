/** What compares manifests and prints the differences, as a chunk of the bundle: `diff` loads it while the files are read. */
export { diffManifests, parseManifests, textReport } from '@overlay-render/golden'
