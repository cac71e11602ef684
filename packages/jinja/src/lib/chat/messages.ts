/**
 * What chat templates are given. Templates of models differ in the members they read, so that all of these take others
 * too: a template sees everything that is put in.
 */

/** One message of a conversation. */
export interface ChatMessage {
  /** Who speaks. Templates know `system`, `user`, `assistant` and `tool` in most cases. */
  readonly role: string
  /** What is said: text, or parts for models that see pictures or hear. `null` where there are only calls. */
  readonly content?: string | null | readonly ChatContentPart[]
  /** The name of the speaker, or of the tool that answers. */
  readonly name?: string
  /** The calls of tools that an assistant asks for. */
  readonly tool_calls?: readonly ChatToolCall[]
  /** The call that a message of a tool answers. */
  readonly tool_call_id?: string
  readonly [member: string]: unknown
}

/** A part of a message: text, a picture and the like. */
export interface ChatContentPart {
  /** `text`, `image`, `audio`, `video`. */
  readonly type: string
  readonly text?: string
  readonly [member: string]: unknown
}

/** A call of a tool. */
export interface ChatToolCall {
  readonly id?: string
  readonly type?: string
  readonly function?: {
    readonly name: string
    /** An object, or its JSON where the template wants that. */
    readonly arguments: Readonly<Record<string, unknown>> | string
  }
  readonly [member: string]: unknown
}

/** A tool that the model may call: a function with a JSON schema, or what else the template reads. */
export interface ChatTool {
  readonly type?: string
  readonly function?: ChatFunction
  readonly [member: string]: unknown
}

/** A function as a tool. */
export interface ChatFunction {
  readonly name: string
  readonly description?: string
  /** A JSON schema of the arguments. */
  readonly parameters?: Readonly<Record<string, unknown>>
  readonly [member: string]: unknown
}

/** A text for the model to look things up in. */
export interface ChatDocument {
  readonly title?: string
  readonly text?: string
  readonly [member: string]: unknown
}
