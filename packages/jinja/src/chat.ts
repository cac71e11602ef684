/**
 * Chat templates of language models: the templates that come with models on Hugging Face, with the settings that
 * transformers gives them. They run in a sandbox.
 *
 * ```ts
 * import { ChatTemplate } from '@phial/jinja/chat'
 *
 * const template = new ChatTemplate('{% for m in messages %}<|{{ m.role }}|>{{ m.content }}\n{% endfor %}')
 * template.render({ messages: [{ role: 'user', content: 'Hi!' }] }) // <|user|>Hi!
 * ```
 *
 * @module
 */

export type {
  ChatTemplateOptions,
  ChatVariables,
  RenderedChat,
  TokenizerConfig,
} from './lib/chat/chat-template.ts'
export { ChatTemplate } from './lib/chat/chat-template.ts'
export type { TextSpan } from './lib/chat/generation.ts'
export { assistantMask } from './lib/chat/generation.ts'
export type {
  ChatContentPart,
  ChatDocument,
  ChatFunction,
  ChatMessage,
  ChatTool,
  ChatToolCall,
} from './lib/chat/messages.ts'
