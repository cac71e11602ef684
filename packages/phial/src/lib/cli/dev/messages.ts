import type { TlsOptions } from '@phial/serve'

/** What the reloader tells a worker. A `connection` comes with the socket. */
export type ToWorker =
  | { readonly type: 'load'; readonly task: WorkerTask }
  /** To show why there is no application, instead of loading one. */
  | { readonly type: 'explain'; readonly task: WorkerTask; readonly text: string }
  | { readonly type: 'connection' }
  /** A template or a static file has changed: pages are to be loaded again. */
  | { readonly type: 'refresh' }
  | { readonly type: 'stop' }

/** What a worker tells the reloader. */
export type FromWorker =
  /** All but the application is loaded. */
  | { readonly type: 'idle' }
  /** Modules that were loaded, and modules that were not found. */
  | { readonly type: 'files'; readonly files: readonly string[] }
  | { readonly type: 'ready'; readonly name: string; readonly debug: boolean; readonly folders: string[] }
  /** The application could not be loaded. The worker has said so, and answers with a page that does. */
  | { readonly type: 'failed'; readonly exitCode: number }
  /** The worker is about to end by an error that nobody caught. */
  | { readonly type: 'crash'; readonly text: string }

/** How a worker serves. */
export interface WorkerTask {
  /** The address, as the reloader was told. */
  readonly hostname: string
  /** Where the server is reached. */
  readonly url: string
  readonly tls: TlsOptions | null
  /** Where the browser asks for changes: a path that nobody can guess; null for no live reload. */
  readonly livePath: string | null
  /** Counts the workers that were told to load. */
  readonly generation: number
}
