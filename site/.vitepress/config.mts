import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const { guides, reference } = JSON.parse(readFileSync(new URL('../.pages/sidebar.json', import.meta.url), 'utf8'))

/** As GitHub names the place of a heading, so that links hold in both. */
const slugify = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\-_ ]/gu, '')
    .trim()
    .replaceAll(' ', '-')

export default defineConfig({
  title: 'Saddlepoint',
  description: 'A typed language for generative adversarial networks in TypeScript.',
  lang: 'en-GB',
  srcDir: '.pages',
  outDir: 'dist',
  cacheDir: '.cache',
  markdown: {
    anchor: { slugify },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: (md) => {
      const fence = md.renderer.rules.fence
      md.renderer.rules.fence = (tokens, index, options, env, self) => {
        const token = tokens[index]
        if (token?.info.trim() === 'mermaid') return `<Diagram source="${encodeURIComponent(token.content)}" />`
        return fence?.(tokens, index, options, env, self) ?? ''
      }
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/README' },
      { text: 'Guide', link: '/docs/language' },
      { text: 'Reference', link: '/api/' },
    ],
    sidebar: {
      '/api/': reference,
      '/': [...guides, { text: 'Reference', items: [{ text: 'All names', link: '/api/' }] }],
    },
  },
})
