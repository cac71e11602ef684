import { describe, expect, it } from 'vitest'
import { Environment } from './environment.ts'

const environment = new Environment()

function render(source: string, context: Record<string, unknown> = {}): string {
  return environment.fromString(source).render(context)
}

describe('globals', () => {
  it.each([
    [
      '{{ range(3)|list }} {{ range(1, 7, 2)|list }} {{ range(3, 0, -1)|list }}',
      '[0, 1, 2] [1, 3, 5] [3, 2, 1]',
    ],
    ['{{ range(5) }} {{ range(1, 5, 2) }} {{ range(0)|length }}', 'range(0, 5) range(1, 5, 2) 0'],
    ['{{ 3 in range(5) }} {{ range(10)[2:5]|list }} {{ range(5)[-1] }}', 'True [2, 3, 4] 4'],
    [
      "{{ dict(a=1, b=2) }} {{ dict([['x', 1]], y=2) }} {{ dict({'a': 1}) }}",
      "{'a': 1, 'b': 2} {'x': 1, 'y': 2} {'a': 1}",
    ],
    [
      '{% set c = cycler("a", "b") %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{{ c.reset() or c.current }}',
      'ababa',
    ],
    ['{% set j = joiner("|") %}{% for i in [1, 2, 3] %}{{ j() }}{{ i }}{% endfor %}', '1|2|3'],
    ['{% set j = joiner() %}{{ j() }}a{{ j() }}b', 'a, b'],
    ['{% set j = joiner("-") %}{{ j.used }}{{ j() }}{{ j.used }}{{ j.sep }}', 'FalseTrue-'],
    [
      '{% set ns = namespace(n=0) %}{% for i in [1, 2] %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}',
      '3',
    ],
    ['{% set ns = namespace({"a": 1}, b=2) %}{{ ns.a }}{{ ns["b"] }}{{ ns.c is defined }}', '12False'],
    ['{{ namespace(a=1) }}', "<Namespace {'a': 1}>"],
    ['{% set ns = namespace() %}{% set ns.items = 5 %}{{ ns.items }}', '5'],
  ])('%s', (source, output) => {
    expect(render(source)).toBe(output)
  })

  it.each([
    ['{{ dict(nosuch) }}', "'nosuch' is undefined"],
    ['{{ range() }}', 'range expected at least 1 argument, got 0'],
    ['{{ range(stop=1) }}', 'range() takes no keyword arguments'],
    ['{{ range(1, 2, 0) }}', 'range() arg 3 must not be zero'],
    ['{{ range("a") }}', "'str' object cannot be interpreted as an integer"],
    ['{{ dict(1, 2) }}', 'dict expected at most 1 argument, got 2'],
    ['{{ cycler() }}', 'at least one item has to be provided'],
    ['{{ namespace().x + 1 }}', "'jinja2.utils.Namespace object' has no attribute 'x'"],
    ['{{ lipsum(10**9) }}', 'lipsum() makes at most 1000000 words'],
  ])('%s raises', (source, message) => {
    expect(() => render(source)).toThrow(message)
  })
})

describe('lipsum', () => {
  it('makes paragraphs of HTML', () => {
    const html = render('{{ lipsum() }}')
    expect(html.match(/^<p>[A-Z][a-z ,.A-Z]*\.<\/p>$/gm)).toHaveLength(5)
  })

  it('makes as many words as are wanted, in plain text too', () => {
    const texts = render('{{ lipsum(2, html=false, min=5, max=8) }}').split('\n\n')
    expect(texts).toHaveLength(2)
    for (const text of texts) {
      const count = text.split(' ').length
      expect(count >= 5 && count < 8).toBe(true)
      expect(text).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('has no word twice in a row', () => {
    const words = render('{{ lipsum(1, false, 500, 501) }}')
      .toLowerCase()
      .match(/[a-z]+/g)!
    expect(words).toHaveLength(500)
    expect(words.some((word, index) => word === words[index - 1])).toBe(false)
  })
})
