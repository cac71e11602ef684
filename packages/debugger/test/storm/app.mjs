function fail(mark) {
  throw new Error(mark)
}

export default {
  fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/storm') {
      // A library that is written so, say a parser, throws thousands of errors and catches them.
      for (let i = 0; i < 3000; i++) {
        try {
          fail('storm')
        } catch {}
      }
    }
    // biome-ignore lint/suspicious/noDebugger: it must not stop the program
    if (pathname === '/statement') debugger
    const typed = 5
    return fail(`${pathname} ${typed}`)
  },
}
