import { describe, expect, it } from 'vitest'
import {
  appContextPopped,
  appContextPushed,
  appContextTearingDown,
  flash,
  g,
  gotRequestException,
  hasRequestContext,
  messageFlashed,
  Namespace,
  Phial,
  request,
  requestFinished,
  requestStarted,
  requestTearingDown,
  Signal,
} from '../../index.ts'

describe('a signal', () => {
  it('calls its receivers in the order in which they were connected', () => {
    const signal = new Signal<{ n: number }>('test')
    const first = signal.connect((_sender, { n }) => n + 1)
    const second = signal.connect((_sender, { n }) => n + 2)
    signal.connect(first)
    expect(signal.send({}, { n: 1 })).toEqual([
      [first, 2],
      [second, 3],
    ])
    signal.disconnect(first)
    expect(signal.send({}, { n: 1 })).toEqual([[second, 3]])
  })

  it('tells senders apart', () => {
    const signal = new Signal('test')
    const a = {}
    const b = {}
    const forA = signal.connect(() => 'a', { sender: a })
    const forAll = signal.connect(() => 'all')
    signal.connect(forAll, { sender: b })
    expect(signal.receiversFor(a)).toEqual([forA, forAll])
    expect(signal.receiversFor(b)).toEqual([forAll])
    signal.disconnect(forAll)
    expect([signal.hasReceiversFor(a), signal.hasReceiversFor(b), signal.hasReceiversFor({})]).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is connected, or silent, for a while', async () => {
    const signal = new Signal('test')
    const seen: unknown[] = []
    const receiver = (_sender: object, payload: unknown) => seen.push(payload)
    const result = signal.connectedTo(receiver, () => {
      signal.send({}, 1)
      signal.muted(() => signal.send({}, 2))
      return 'done'
    })
    expect(result).toBe('done')
    await signal.connectedTo(receiver, async () => {
      await Promise.resolve()
      signal.send({}, 3)
    })
    expect(() =>
      signal.connectedTo(receiver, () => {
        throw new Error('x')
      }),
    ).toThrow('x')
    signal.send({}, 4)
    expect([seen, signal.hasReceivers]).toEqual([[1, 3], false])
  })

  it('waits for one receiver after the other', async () => {
    const signal = new Signal('test')
    const order: string[] = []
    signal.connect(async () => {
      order.push('first begins')
      await Promise.resolve()
      order.push('first ends')
      return 1
    })
    signal.connect(() => order.push('second'))
    const answers = await signal.sendAsync({}, null)
    expect([order, answers[0]![1]]).toEqual([['first begins', 'first ends', 'second'], 1])
  })

  it('goes on with the receivers that it had when one leaves', () => {
    const signal = new Signal('test')
    const seen: string[] = []
    const second = () => seen.push('second')
    signal.connect(() => {
      signal.disconnect(second)
      seen.push('first')
    })
    signal.connect(second)
    signal.send({}, null)
    signal.send({}, null)
    expect(seen).toEqual(['first', 'second', 'first'])
  })

  it('holds weak receivers as long as somebody else does', () => {
    const signal = new Signal('test')
    const receiver = signal.connect(() => 1, { weak: true })
    expect(signal.send({}, null)).toEqual([[receiver, 1]])
    signal.disconnect(receiver)
    expect(signal.hasReceivers).toBe(false)
  })

  it('is one for its name in a namespace', () => {
    const signals = new Namespace()
    expect(signals.signal('saved')).toBe(signals.signal('saved'))
    expect(signals.signal('saved').name).toBe('saved')
    expect(() => signals.signal('saved').connect('x' as never)).toThrow(
      'The receiver of a signal is a function',
    )
  })
})

describe('an application', () => {
  function createApp(): Phial {
    const app = new Phial('test', { config: { SECRET_KEY: 'a secret key' } })
    app.get('/', () => 'hello')
    app.get('/flash', () => {
      flash('Saved', 'success')
      return ''
    })
    app.get('/crash', () => {
      throw new Error('crashed')
    })
    app.logger.handlers.length = 0
    return app
  }

  /** What happens while `callback` runs, in order. */
  async function trace(app: Phial, callback: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = []
    const on = <Payload>(signal: Signal<Payload, Phial>, describe: (payload: Payload) => string) => {
      const receiver = (_app: Phial, payload: Payload) => seen.push(describe(payload))
      signal.connect(receiver, { sender: app })
      return () => {
        signal.disconnect(receiver, { sender: app })
        expect(signal.hasReceivers).toBe(false)
      }
    }
    const disconnect = [
      on(requestStarted, () => `started ${request.path}`),
      on(requestFinished, ({ response }) => `finished ${response.status}`),
      on(gotRequestException, ({ error }) => `exception ${String(error)}`),
      on(requestTearingDown, ({ error }) => `tearing down ${String(error)}`),
      on(appContextPushed, ({ context }) => `pushed ${context.hasRequest()}`),
      on(appContextTearingDown, ({ error }) => `context ends ${String(error)}`),
      on(appContextPopped, () => `popped ${hasRequestContext()}`),
    ]
    await callback()
    for (const end of disconnect) end()
    return seen
  }

  it('sends its signals in the order of a request', async () => {
    const app = createApp()
    app.beforeRequest(() => void (g['before'] = 1))
    expect(await trace(app, () => app.testClient().get('/'))).toEqual([
      'pushed true',
      'started /',
      'finished 200',
      'tearing down null',
      'context ends null',
      'popped false',
    ])
  })

  it('tells of errors', async () => {
    const app = createApp()
    expect(await trace(app, () => app.testClient().get('/crash'))).toEqual([
      'pushed true',
      'started /crash',
      'exception Error: crashed',
      'finished 500',
      'tearing down Error: crashed',
      'context ends Error: crashed',
      'popped false',
    ])
  })

  it('tells of contexts without a request', async () => {
    const app = createApp()
    expect(await trace(app, async () => app.appContext().run(() => 1))).toEqual([
      'pushed false',
      'context ends null',
      'popped false',
    ])
  })

  it('waits for asynchronous receivers', async () => {
    const app = createApp()
    const order: string[] = []
    const slow = (name: string) => async () => {
      await Promise.resolve()
      order.push(name)
    }
    const [started, finished] = [slow('started'), slow('finished')]
    app.beforeRequest(() => void order.push('hook'))
    await requestStarted.connectedTo(
      started,
      () => requestFinished.connectedTo(finished, () => app.testClient().get('/'), { sender: app }),
      { sender: app },
    )
    expect(order).toEqual(['started', 'hook', 'finished'])
  })

  it('answers an error of a receiver as one of its own', async () => {
    const app = createApp()
    const response = await requestStarted.connectedTo(
      () => {
        throw new Error('receiver')
      },
      () => app.testClient().get('/'),
      { sender: app },
    )
    expect(response.status).toBe(500)
  })

  it('sends flashed messages', async () => {
    const app = createApp()
    const seen: unknown[] = []
    await messageFlashed.connectedTo(
      (sender, payload) => seen.push([sender, payload]),
      () => app.testClient().get('/flash'),
    )
    expect(seen).toEqual([[app, { message: 'Saved', category: 'success' }]])
  })
})
