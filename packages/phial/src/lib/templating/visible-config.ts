import type { Config } from '../config.ts'
import { dictView } from './dict-view.ts'

/** Names of configuration that no page has to know. */
const SECRET = /(?:^|_)(?:SECRET|KEYS?|TOKENS?|PASSWORDS?|PASSWD|CREDENTIALS?)(?:_|$)/

/** Whether a key of the configuration holds a secret, by its name. */
export function isSecretKey(name: string): boolean {
  return SECRET.test(name)
}

/** The configuration as templates see it: without what its names call secret. */
export function visibleConfig(config: Config): Config {
  return dictView(() => config, { isHidden: isSecretKey })
}
