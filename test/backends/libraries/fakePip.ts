import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A Python whose pip copies wheels out of a folder, in no time; the rest is the real one. It checks no hash. */
const script = (python: string, index: string): string => `#!/bin/sh
[ "$1" = -I ] || exit 9
if [ "$2" != -m ]; then exec ${python} "$@"; fi
if [ "$4" = --version ]; then exit 0; fi
while [ $# -gt 0 ]; do
  case $1 in
    --dest) folder=$2 ;;
    --requirement) name=$(sed 's/==.*//' "$2") ;;
  esac
  shift
done
cp ${index}/$name-* "$folder"
`

/** The folder to be put first into PATH. */
export const fakePip = (folder: string, index: string): string => {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)']).toString().trim()
  writeFileSync(join(bin, 'python3'), script(python, index), { mode: 0o755 })
  return bin
}
