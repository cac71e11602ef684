export const title = 'a chat template with tools and 20 messages'
export const normalize = (text) => text

const data = {
  bos_token: '<|begin|>',
  add_generation_prompt: true,
  tools: [
    {
      name: 'weather',
      description: 'The weather of a city',
      parameters: { city: 'string', days: 'integer' },
    },
    { name: 'search', description: 'Looks something up', parameters: { query: 'string' } },
  ],
  messages: [
    { role: 'system', content: 'You are a helpful assistant.' },
    ...Array.from({ length: 19 }, (_, index) => ({
      role: index % 2 ? 'assistant' : 'user',
      content: `  Message ${index}: some words that were written, "quoted" and <marked>.  `,
    })),
  ],
}

const source = `{{- bos_token }}
{%- if messages[0].role == 'system' %}
{%- set system = messages[0].content | trim %}
{%- set rest = messages[1:] %}
{%- else %}
{%- set system = '' %}
{%- set rest = messages %}
{%- endif %}
{{- '<|start|>system\\n\\n' + system }}
{%- if tools %}
{{- '\\n# Tools\\n' }}
{%- for tool in tools %}
{{- '- ' + tool.name + ': ' + tool.description + '(' }}
{%- for name, type in tool.parameters.items() %}
{{- name + ': ' + type }}{% if not loop.last %}{{- ', ' }}{% endif %}
{%- endfor %}
{{- ')\\n' }}
{%- endfor %}
{%- endif %}
{{- '<|end|>' }}
{%- for message in rest %}
{%- if message.role not in ['user', 'assistant', 'tool'] %}
{{- raise_exception('unknown role: ' + message.role) }}
{%- endif %}
{%- if (message.role == 'user') != (loop.index0 % 2 == 0) %}
{{- raise_exception('roles must alternate') }}
{%- endif %}
{{- '<|start|>' + message.role + '\\n\\n' + message.content | trim + '<|end|>' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|start|>assistant\\n\\n' }}
{%- endif %}`

function raise(message) {
  throw new Error(message)
}

function floor() {
  const { messages, tools } = data
  let rest = messages
  let system = ''
  if (messages[0].role === 'system') {
    system = messages[0].content.trim()
    rest = messages.slice(1)
  }
  let text = `${data.bos_token}<|start|>system\n\n${system}`
  if (tools.length > 0) {
    text += '\n# Tools\n'
    for (const tool of tools) {
      const parameters = Object.entries(tool.parameters).map(([name, type]) => `${name}: ${type}`)
      text += `- ${tool.name}: ${tool.description}(${parameters.join(', ')})\n`
    }
  }
  text += '<|end|>'
  rest.forEach((message, index) => {
    if (!['user', 'assistant', 'tool'].includes(message.role)) raise(`unknown role: ${message.role}`)
    if ((message.role === 'user') !== (index % 2 === 0)) raise('roles must alternate')
    text += `<|start|>${message.role}\n\n${message.content.trim()}<|end|>`
  })
  return data.add_generation_prompt ? `${text}<|start|>assistant\n\n` : text
}

async function phial(options) {
  const { Environment } = await import('@phial/jinja')
  const environment = new Environment({ trimBlocks: true, lstripBlocks: true, ...options })
  environment.addGlobal('raise_exception', raise)
  const template = environment.fromString(source)
  return () => template.render(data)
}

export const jinja2 = { source, data, trim_blocks: true, lstrip_blocks: true }

export const engines = {
  floor: () => floor,
  phial: () => phial(),
  'phial (closures)': () => phial({ backend: 'closures' }),
  async 'phial/chat (sandboxed)'() {
    const { ChatTemplate } = await import('@phial/jinja/chat')
    const template = new ChatTemplate(source)
    const { messages, tools, ...rest } = data
    return () => template.render({ messages, tools, ...rest })
  },
  async '@huggingface/jinja'() {
    const { Template } = await import('@huggingface/jinja')
    const template = new Template(source)
    return () => template.render(data)
  },
  async minijinja() {
    const { Environment } = await import('minijinja-js')
    const environment = new Environment()
    environment.trimBlocks = true
    environment.lstripBlocks = true
    environment.enablePyCompat()
    environment.addGlobal('raise_exception', raise)
    environment.addTemplate('chat', source)
    return () => environment.renderTemplate('chat', data)
  },
}
