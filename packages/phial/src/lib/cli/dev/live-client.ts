/**
 * The script of live reload. It holds a connection while its page is seen: the server's answers say which version of the
 * application runs, and the page is loaded again when that is another one than its own. While the server is restarted the
 * connection waits, as any request. Pages that are not seen hold none, since browsers open few to a server.
 */
export const LIVE_CLIENT = `(() => {
  const { src, dataset } = document.currentScript
  let source = null
  const open = () => {
    if (source !== null || document.hidden) return
    source = new EventSource(src.replace(/client\\.js$/, 'events'))
    source.onmessage = ({ data }) => {
      if (data !== dataset.version) location.reload()
    }
  }
  const close = () => {
    source?.close()
    source = null
  }
  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()))
  addEventListener('pagehide', close)
  addEventListener('pageshow', open)
  open()
})()
`
