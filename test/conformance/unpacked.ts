import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'

/** The folders of npm's `@sparticuz/chromium`, and where they are unpacked to. */
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const parcel = join(modules, '@sparticuz/chromium')

const versionOf = (folder: string): string => {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return version
}

const decompress = (from: string, to: string): Promise<void> =>
  pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to, { mode: 0o755 }))

/** The parcel's own names folders of a cloud's machines; a page with text and without a font ends Chromium. */
const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir>${join(tmpdir(), 'saddle-fonts')}</cachedir></fontconfig>
`

const unpackInto = async (folder: string): Promise<void> => {
  for (const name of await readdir(join(parcel, 'bin'))) {
    const to = join(folder, name.replace(/\.br$/, ''))
    await decompress(join(parcel, 'bin', name), to)
    if (!to.endsWith('.tar')) continue
    execFileSync('tar', ['-xf', to, '--no-same-owner', '-C', folder])
    await rm(to)
  }
  await writeFile(join(folder, 'fonts.conf'), fonts)
}

/**
 * Chromium, SwiftShader and the libraries that they need, in one folder. Whoever comes first unpacks them, in 3 s; several
 * may come at once, as the folder gets its name only when it is whole.
 */
export const unpacked = async (): Promise<string> => {
  const folder = join(modules, '.cache/saddlepoint', `chromium-${versionOf(parcel)}`)
  if (existsSync(folder)) return folder
  await mkdir(dirname(folder), { recursive: true })
  const whole = await mkdtemp(`${folder}-`)
  await unpackInto(whole)
  await rename(whole, folder).catch(() => rm(whole, { recursive: true }))
  if (!existsSync(folder)) throw new Error(`${parcel} could not be unpacked to ${folder}`)
  return folder
}
