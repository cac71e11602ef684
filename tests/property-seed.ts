import fc from 'fast-check'

// A new seed for each run, the same within it: a property that fails fails in each further try too.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Date.now() & 0x7fffffff })
