/** Whether a template's output is escaped, by its name; that of templates given as text is. */
export function isEscaped(name: string | null): boolean {
  return name === null || /\.(?:html|htm|xml|xhtml|svg)$/.test(name)
}
