import { currentApp, FlaskJsonProvider, jsonify, Phial, redirect, request, session, urlFor } from 'phial'

class Base {
  static DEBUG_LEVEL = 1
  static lowercase = 'ignored'
  static NAME = 'base'
  static _PRIVATE = 'ignored too'
}

class Production extends Base {
  static override NAME = 'production'
}

/** Configuration keys and their effect. */
export function createApp({ root }: { root: string }): Phial {
  const json = new FlaskJsonProvider()
  json.sortKeys = false
  json.ensureAscii = false
  json.compact = false
  json.mimetype = 'application/vnd.corpus+json'

  const app = new Phial(import.meta, { rootPath: root, jsonProvider: json })
  const { config } = app
  config.fromObject(Production)
  config.fromMapping({ MAPPED: 'yes', lower: 'no', KEYWORD: 7 })
  config.fromPrefixedEnv('CORPUS', {
    env: {
      CORPUS_NUMBER: '42',
      CORPUS_TEXT: 'plain text',
      CORPUS_JSON: '{"a": [1, 2]}',
      CORPUS_NEST__INNER__KEY: 'true',
      CORPUS_QUOTED: '"quoted"',
      OTHER_X: 'no',
    },
  })
  config.update({
    SECRET_KEY: 'current-secret',
    SECRET_KEY_FALLBACKS: ['previous-secret', 'oldest-secret'],
    SESSION_COOKIE_NAME: 'sid',
    SESSION_COOKIE_PATH: '/app',
    SESSION_COOKIE_HTTPONLY: false,
    SESSION_COOKIE_SECURE: true,
    SESSION_COOKIE_SAMESITE: 'Strict',
    SESSION_COOKIE_PARTITIONED: true,
    SESSION_REFRESH_EACH_REQUEST: false,
    PERMANENT_SESSION_LIFETIME: 3_153_600_000,
    APPLICATION_ROOT: '/app',
    PREFERRED_URL_SCHEME: 'https',
    SEND_FILE_MAX_AGE_DEFAULT: 90,
    TRAP_BAD_REQUEST_ERRORS: false,
    TRUSTED_HOSTS: ['localhost', '.example.test'],
    MAX_COOKIE_SIZE: 200,
  })

  app.get('/config', { endpoint: 'config' }, () => ({
    NAME: config['NAME'],
    DEBUG_LEVEL: config['DEBUG_LEVEL'],
    has_lowercase: 'lowercase' in config,
    has_private: '_PRIVATE' in config,
    MAPPED: config['MAPPED'] ?? null,
    lower: config['lower'] ?? null,
    KEYWORD: config['KEYWORD'],
    NUMBER: config['NUMBER'],
    TEXT: config['TEXT'],
    JSON: config['JSON'],
    NEST: config['NEST'],
    QUOTED: config['QUOTED'],
    X: config['X'] ?? null,
    namespace: config.getNamespace('SESSION_COOKIE_'),
    unicode: 'ü',
  }))

  app.get('/defaults', () => {
    const fresh = new Phial('fresh').config
    const entries = Object.entries(fresh).sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(entries)
  })

  app.get('/session/set', () => {
    session['a'] = 1
    session.permanent = Boolean(request.args.get('permanent'))
    return 'set'
  })
  app.get('/session/get', () => jsonify({ a: session['a'] ?? null }))
  app.get('/session/clear', () => {
    session.clear()
    return 'cleared'
  })

  app.get('/urls', () => ({
    inside: urlFor('config'),
    outside: app.appContext().run(urlOrError),
    external: urlFor('config', {}, { external: true }),
    root: request.rootPath,
    url_root: request.rootUrl,
  }))

  app.get('/away', () => redirect(urlFor('config')))
  app.get('/missing-arg', () => request.args.require('nope'))
  app.get('/max-age', () => String(currentApp.getSendFileMaxAge('x')))

  return app
}

function urlOrError(): string {
  try {
    return urlFor('config')
  } catch {
    return 'RuntimeError'
  }
}
