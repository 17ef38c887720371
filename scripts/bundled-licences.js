import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The file name, next to the bundle. */
const FILE = 'THIRD-PARTY-LICENSES.txt'

/** A rolldown plugin that writes the licences of all inlined packages next to the bundle, as these licences require. */
export function bundledLicences() {
  return {
    name: 'bundled-licences',
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => ('moduleIds' in file ? file.moduleIds : []))
      const folders = new Set(modules.filter((id) => id.includes('/node_modules/')).map(packageFolder))
      const entries = [...folders].map(readLicence).toSorted((a, b) => (a.name < b.name ? -1 : 1))
      const source = entries
        .map(({ name, text }) => `${name}\n\n${text.trim()}\n`)
        .join(`\n${'-'.repeat(80)}\n\n`)
      this.emitFile({ type: 'asset', fileName: FILE, source })
    },
  }
}

/** Finds the package folder of a module. Skips manifests without a name, which subfolders of a package can have. */
function packageFolder(module) {
  let folder = dirname(module.replace(/^\0/u, ''))
  while (dirname(folder) !== folder) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version !== undefined)
      return folder
    folder = dirname(folder)
  }
  throw new Error(`no package holds ${module}`)
}

function readLicence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(entry))
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8')
  return { name: `${name} ${version} (${license})`, text }
}
