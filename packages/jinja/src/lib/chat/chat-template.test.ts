import { describe, expect, it } from 'vitest'
import type { ChatMessage, ChatTool } from '../../chat.ts'
import { assistantMask, ChatTemplate } from '../../chat.ts'
import { SecurityError, TemplateError, TemplateSyntaxError } from '../../index.ts'

const messages: readonly ChatMessage[] = [
  { role: 'system', content: 'You are brief.' },
  { role: 'user', content: 'Say "hé" & <b>.' },
  { role: 'assistant', content: ' Hé! ' },
]

const CHATML = `{% for message in messages %}
<|im_start|>{{ message.role }}
{% if message.role == 'assistant' %}
{% generation %}{{ message.content }}<|im_end|>{% endgeneration %}

{% else %}
{{ message.content }}<|im_end|>
{% endif %}
{% endfor %}
{% if add_generation_prompt %}
<|im_start|>assistant
{% endif %}`

const TEXT =
  '<|im_start|>system\nYou are brief.<|im_end|>\n<|im_start|>user\nSay "hé" & <b>.<|im_end|>\n<|im_start|>assistant\n Hé! <|im_end|>\n'

/** Generated code, and closures. */
const backends = ['code', 'closures'] as const

describe.each(backends)('a chat template (%s)', (backend) => {
  const render = (source: string, variables: object = {}): string =>
    new ChatTemplate(source, { backend }).render({ messages, ...variables })

  it('drops lines of tags, and escapes nothing', () => {
    expect(render(CHATML)).toBe(TEXT)
    expect(render(CHATML, { addGenerationPrompt: true })).toBe(`${TEXT}<|im_start|>assistant\n`)
    expect(render(CHATML, { add_generation_prompt: true })).toBe(`${TEXT}<|im_start|>assistant\n`)
  })

  it('has null for what was not given', () => {
    const source =
      '{{ tools is none }} {{ documents is none }} {{ add_generation_prompt }} {{ other is defined }}'
    expect(render(source)).toBe('True True False False')
    expect(render(source, { tools: [], documents: [], other: 1 })).toBe('False False False True')
    expect(render(source, { tools: undefined, addGenerationPrompt: undefined })).toBe('True True False False')
  })

  it('has loop controls', () => {
    expect(
      render('{% for m in messages %}{% if loop.index == 2 %}{% break %}{% endif %}{{ m.role }}{% endfor %}'),
    ).toBe('system')
    expect(
      render(
        '{% for m in messages %}{% if m.role == "user" %}{% continue %}{% endif %}{{ m.role }} {% endfor %}',
      ),
    ).toBe('system assistant ')
  })

  it('can stop with a message', () => {
    expect(() => render('{{ raise_exception("Only user and " ~ "assistant!") }}')).toThrow(
      expect.objectContaining({ name: 'TemplateError', message: 'Only user and assistant!' }) as Error,
    )
    expect(() => render('{{ raise_exception("x") }}')).toThrow(TemplateError)
  })

  it('cannot change what it is given, nor leave', () => {
    for (const source of [
      '{% set _ = messages.append(1) %}',
      '{% set _ = messages[0].update({}) %}',
      '{{ messages.constructor.constructor("return 1")() }}',
      '{{ raise_exception.__call__() }}',
      '{{ "x" * 10 ** 9 }}',
    ]) {
      expect(() => render(source), source).toThrow(SecurityError)
    }
    expect(messages).toHaveLength(3)
  })

  it.each([
    ['{{ {"b": 1, "a": "é<&>\'"} | tojson }}', '{"b": 1, "a": "é<&>\'"}'],
    ['{{ {"b": 1, "a": "é"} | tojson(ensure_ascii=True, sort_keys=True) }}', '{"a": "\\u00e9", "b": 1}'],
    ['{{ [1, {"a": 2}] | tojson(indent=2) }}', '[\n  1,\n  {\n    "a": 2\n  }\n]'],
    ['{{ [1, 2.0, none, true] | tojson(separators=(",", ":")) }}', '[1,2.0,null,true]'],
    ['{{ {"a": 1, "b": 2} | tojson(separators=(";", "=")) }}', '{"a"=1;"b"=2}'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it('refuses JSON that would fill the memory', () => {
    for (const indent of ['10 ** 7', '"x" * 5000', '10 ** 30', '-(10 ** 7)']) {
      expect(() => render(`{{ [1] | tojson(indent=${indent}) }}`), indent).toThrow(SecurityError)
    }
  })

  it('prints the spans of assistants', () => {
    const template = new ChatTemplate(CHATML, { backend })
    const { text, assistantSpans } = template.renderWithSpans({ messages, addGenerationPrompt: true })
    expect(text).toBe(template.render({ messages, addGenerationPrompt: true }))
    expect(assistantSpans.map(({ start, end }) => text.slice(start, end))).toEqual([' Hé! <|im_end|>'])
    const several = template.renderWithSpans({
      messages: [...messages, messages[2]!, { role: 'assistant', content: '' }],
    })
    expect(several.assistantSpans.map(({ start, end }) => several.text.slice(start, end))).toEqual([
      ' Hé! <|im_end|>',
      ' Hé! <|im_end|>',
      '<|im_end|>',
    ])
    expect(new ChatTemplate('none', { backend }).renderWithSpans({ messages }).assistantSpans).toEqual([])
  })

  it('keeps what is set inside of a generation there', () => {
    expect(render('{% set a = 1 %}{% generation %}{% set a = 2 %}{{ a }}{% endgeneration %}{{ a }}')).toBe(
      '21',
    )
  })
})

describe('options', () => {
  it('give variables, and those of a rendering go before them', () => {
    const template = new ChatTemplate('{{ bos_token }}{{ eos_token }}', {
      variables: { bos_token: '<s>', eos_token: '</s>' },
    })
    expect(template.render({ messages })).toBe('<s></s>')
    expect(template.render({ messages, bos_token: '[' })).toBe('[</s>')
  })

  it('set the clock, which is that of the place', () => {
    const now = new Date(2024, 6, 26, 9, 5)
    const template = new ChatTemplate("{{ strftime_now('%d %b %Y %H:%M') }}", { now: () => now })
    expect(template.render({ messages })).toBe('26 Jul 2024 09:05')
  })

  it('limit what a template may use up', () => {
    const template = new ChatTemplate('{% for i in range(1000) %}x{% endfor %}', { limits: { steps: 100 } })
    expect(() => template.render({ messages })).toThrow(SecurityError)
  })

  it('are wrong where the messages are', () => {
    expect(() => new ChatTemplate('').render({} as never)).toThrow(
      "'messages' must be an array of messages, got undefined",
    )
    expect(() => new ChatTemplate('{% if %}')).toThrow(TemplateSyntaxError)
    expect(() => new ChatTemplate('{% generation %}')).toThrow('endgeneration')
  })
})

describe('continueFinalMessage', () => {
  const template = new ChatTemplate('{% for m in messages %}[{{ m.content | trim }}]{% endfor %}')

  it.each<[content: string, expected: string]>([
    ['Sure, here', '[a][Sure, here'],
    [' Sure ', '[a][Sure'],
    ['a', '[a][a'],
  ])('ends the text with %o', (content, expected) => {
    const all = [
      { role: 'user', content: 'a' },
      { role: 'assistant', content },
    ]
    expect(template.render({ messages: all, continueFinalMessage: true })).toBe(expected)
    expect(template.renderWithSpans({ messages: all, continueFinalMessage: true }).text).toBe(expected)
  })

  it('keeps blanks that the template keeps, takes the last text of parts, and cuts spans', () => {
    const plain = new ChatTemplate(
      '{% for m in messages %}{% generation %}{{ m.content }}]{% endgeneration %}{% endfor %}',
    )
    const all = [{ role: 'assistant', content: 'Sure, ' }]
    expect(plain.renderWithSpans({ messages: all, continueFinalMessage: true })).toEqual({
      text: 'Sure, ',
      assistantSpans: [{ start: 0, end: 6 }],
    })
    const parts = new ChatTemplate('{{ messages[0].content[0].text }}!')
    const content = [{ type: 'text', text: 'see' }, { type: 'image' }]
    expect(parts.render({ messages: [{ role: 'user', content }], continueFinalMessage: true })).toBe('see')
  })

  it('fails if the message is not in the text', () => {
    expect(() => new ChatTemplate('x').render({ messages, continueFinalMessage: true })).toThrow(
      'it is not in the text',
    )
  })
})

describe('fromTokenizerConfig', () => {
  const config = {
    bos_token: '<s>',
    eos_token: { content: '</s>', lstrip: false },
    model_max_length: 1,
    chat_template: [
      { name: 'default', template: '{{ bos_token }}{{ messages[0].content }}{{ eos_token }}' },
      { name: 'tool_use', template: '{{ tools[0].function.name }}' },
    ],
  }
  const tools: readonly ChatTool[] = [
    { type: 'function', function: { name: 'weather', parameters: { type: 'object' } } },
  ]

  it('takes the template and the special tokens', () => {
    expect(ChatTemplate.fromTokenizerConfig(config).render({ messages })).toBe('<s>You are brief.</s>')
    expect(ChatTemplate.fromTokenizerConfig(config, { name: 'tool_use' }).render({ messages, tools })).toBe(
      'weather',
    )
    expect(ChatTemplate.fromTokenizerConfig({ chat_template: 'x' }).render({ messages })).toBe('x')
  })

  it('says which templates there are', () => {
    expect(() => ChatTemplate.fromTokenizerConfig(config, { name: 'rag' })).toThrow(
      "has no chat template 'rag'; it has: 'default', 'tool_use'",
    )
    expect(() => ChatTemplate.fromTokenizerConfig({})).toThrow('it has: none')
  })
})

describe('assistantMask', () => {
  it('marks the tokens that touch a span', () => {
    const spans = [
      { start: 4, end: 8 },
      { start: 10, end: 12 },
    ]
    const offsets = [
      [0, 4],
      [4, 6],
      [6, 9],
      [9, 10],
      [10, 10],
      [11, 12],
      [12, 14],
    ] as const
    expect(assistantMask(spans, offsets)).toEqual([0, 1, 1, 0, 0, 1, 0])
    expect(assistantMask([], offsets)).toEqual([0, 0, 0, 0, 0, 0, 0])
  })
})
