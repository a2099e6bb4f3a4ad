import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'

/** A web server of some folders, on a port of its own. */
export interface Served {
  /** Ends in a slash. */
  readonly url: string
  readonly close: () => void
}

const types: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
}

/** What a page must be served with to have threads: no other site's scripts beside its own. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }

const send = async (folders: readonly string[], path: string, headers: object, response: ServerResponse) => {
  for (const folder of folders) {
    const found = await readFile(join(folder, normalize(path))).catch(() => undefined)
    if (found === undefined) continue
    response.writeHead(200, { ...headers, 'Content-Type': types[extname(path)] ?? 'application/octet-stream' })
    response.end(found)
    return
  }
  response.writeHead(404).end()
}

/** Serves each path from the first of the folders that has it. */
export const serve = (folders: readonly string[], { isolated = true } = {}): Promise<Served> =>
  new Promise((resolve) => {
    const server = createServer(({ url = '/' }, response) => {
      const { pathname } = new URL(url, 'http://localhost')
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname
      void send(folders, path, isolated ? isolation : {}, response)
    })
    server.listen(0, 'localhost', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('a server without a port')
      resolve({ url: `http://localhost:${address.port}/`, close: () => server.close() })
    })
  })
