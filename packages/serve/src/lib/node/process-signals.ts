/** Closes at SIGTERM and SIGINT and ends the process then; at the second signal it ends at once. */
export function closeAtSignals(close: () => Promise<void>): void {
  let stopping = false
  const stop = (signal: 'SIGINT' | 'SIGTERM'): void => {
    // Shells expect the signal's number (2, 15) and 128.
    if (stopping) process.exit(signal === 'SIGINT' ? 130 : 143)
    stopping = true
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
