// Compilers copy no assets; each package's LICENSE is the workspace's.
import { copyFileSync, readdirSync } from 'node:fs'

for (const name of readdirSync('packages')) copyFileSync('LICENSE', `packages/${name}/LICENSE`)
