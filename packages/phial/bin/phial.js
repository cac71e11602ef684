#!/usr/bin/env node
import * as module from 'node:module'

// Node 22.1 and newer keep compiled code for the next start.
module.enableCompileCache?.()
await import('../dist/lib/cli/bin.js')
