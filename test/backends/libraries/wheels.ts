import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Wheel } from '../../../src/backends/libraries/library.ts'

const script = `
import sys, zipfile
path, name, version, *members = sys.argv[1:]
info = f"{name}-{version}.dist-info"
with zipfile.ZipFile(path, "w") as archive:
    for member in members:
        archive.writestr(member, f"this is {member}")
    archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n")
    archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-manylinux2014_x86_64\\n")
    archive.writestr(f"{info}/RECORD", "")
`

/** A wheel of some small files, in a folder that pip is told to look into; each file says its own name. */
export const makeWheel = (folder: string, name: string, members: readonly string[]): Wheel => {
  const path = join(folder, `${name}-1.0-py3-none-manylinux2014_x86_64.whl`)
  execFileSync('python3', ['-c', script, path, name, '1.0', ...members])
  const content = readFileSync(path)
  return { name, version: '1.0', size: content.length, sha256: createHash('sha256').update(content).digest('hex') }
}
