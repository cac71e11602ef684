/**
 * The routers side by side. `find` is what is timed; `params` reads its result, for the check: the
 * parameters, or null when nothing was found.
 */

import findMyWay from 'find-my-way'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { TrieRouter } from 'hono/router/trie-router'
import { Memoirist } from 'memoirist'
import { addRoute, createRouter, findRoute } from 'rou3'
import { compileRouter } from 'rou3/compiler'
import { Rule, UrlMap } from '../../packages/router/dist/index.js'
import { routes } from './routes.mjs'

const handler = () => {}
/** The tail has the name `*` in some routers. */
const named = ({ '*': tail, ...params }) => (tail === undefined ? params : { ...params, path: tail })

function phial() {
  const rules = routes.map(
    ([method, path]) =>
      new Rule(path.replace(/:(\w+)/g, '<$1>').replace(/\*(\w+)/, '<path:$1>'), {
        endpoint: `${method} ${path}`,
        methods: [method],
      }),
  )
  const { matcher } = new UrlMap(rules)
  return {
    find: (method, path) => matcher.match(path, method),
    params: (outcome) => (outcome.kind === 'match' ? outcome.values : null),
  }
}

function findMyWayRouter() {
  const router = findMyWay()
  for (const [method, path] of routes) router.on(method, path.replace(/\*\w+/, '*'), handler)
  return {
    find: (method, path) => router.find(method, path),
    params: (found) => found && named(found.params),
  }
}

function rou3(compiled) {
  const router = createRouter()
  for (const [method, path] of routes) addRoute(router, method, path.replace(/\*(\w+)/, '**:$1'), handler)
  const match = compiled ? compileRouter(router) : (method, path) => findRoute(router, method, path)
  return { find: match, params: (found) => (found ? { ...found.params } : null) }
}

function memoirist() {
  const router = new Memoirist()
  for (const [method, path] of routes) router.add(method, path.replace(/\*\w+/, '*'), handler)
  return {
    find: (method, path) => router.find(method, path),
    params: (found) => found && named(found.params),
  }
}

/** Hono's routers give places or names of parameters; the request reads them later, which is not timed. */
function hono(router) {
  for (const [method, path] of routes) router.add(method, path.replace(/\*(\w+)/, ':$1{.+}'), handler)
  return {
    find: (method, path) => router.match(method, path),
    params: ([handlers, stash]) => {
      const first = handlers?.[0]
      if (first === undefined) return null
      const entries = Object.entries(first[1])
      return Object.fromEntries(entries.map(([name, value]) => [name, stash ? stash[value] : value]))
    },
  }
}

export const routers = {
  phial: phial(),
  'find-my-way': findMyWayRouter(),
  memoirist: memoirist(),
  rou3: rou3(false),
  'rou3 compiled': rou3(true),
  'hono RegExpRouter': hono(new RegExpRouter()),
  'hono TrieRouter': hono(new TrieRouter()),
}
