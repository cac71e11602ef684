#!/usr/bin/env node
await import('../dist/lib/ahead/node/bin.js')
