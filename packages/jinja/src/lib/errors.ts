// Placeholder until the file lands.
export class TemplateError extends Error {}
export class TemplateRuntimeError extends TemplateError {}
export class UndefinedError extends TemplateRuntimeError {}
export class SecurityError extends TemplateRuntimeError {}
export class FilterArgumentError extends TemplateRuntimeError {}
TemplateError.prototype.name = 'TemplateError'
TemplateRuntimeError.prototype.name = 'TemplateRuntimeError'
UndefinedError.prototype.name = 'UndefinedError'
SecurityError.prototype.name = 'SecurityError'
FilterArgumentError.prototype.name = 'FilterArgumentError'
