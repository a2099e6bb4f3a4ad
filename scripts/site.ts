/** Builds the documentation site, `site/dist`: `npm run docs`. Fails on a dead link. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { publicNames, root } from './reference/publicNames.ts'
import { brokenLinks } from './site/checkLinks.ts'
import { site, stage, staged, write } from './site/files.ts'
import { sections } from './site/guides.ts'
import { home, picture } from './site/home.ts'
import { stageReference } from './site/reference.ts'

const run = (command: string, options: readonly string[]): void => {
  const { status } = spawnSync(command, options, { cwd: site, stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${options.join(' ')} fails in site`)
}

const entryPoints = ['index', 'node', 'promise'].flatMap((name) => ['--entryPoints', `${root}src/${name}.ts`])
const navigation = `${staged}/navigation.json`
const tool = (name: string): string => `${site}/node_modules/.bin/${name}`

rmSync(staged, { recursive: true, force: true })
if (!existsSync(tool('vitepress'))) run('npm', ['ci'])
run(tool('typedoc'), [...entryPoints, '--out', `${staged}/api`, '--navigationJson', navigation])

const guides = sections()
const done = new Set<string>()
const reference = stageReference(publicNames(), navigation, done)
for (const { path } of guides.flatMap((section) => section.guides))
  stage(path, readFileSync(`${root}${path}`, 'utf8'), done)
cpSync(`${root}${picture()}`, `${staged}/public/ring.png`)
write(`${staged}/index.md`, home())
write(
  `${staged}/sidebar.json`,
  JSON.stringify({
    guides: guides.map(({ title, guides }) => ({
      text: title,
      collapsed: false,
      items: guides.map(({ title: text, path }) => ({ text, link: `/${path}` })),
    })),
    reference,
  }),
)

run(tool('vitepress'), ['build'])
const broken = brokenLinks(`${site}/dist`)
if (broken.length > 0) throw new Error(`dead links on the site:\n${broken.join('\n')}`)
console.log(`site/dist: built, ${done.size} pages and ${reference.length - 1} topics of the reference`)
