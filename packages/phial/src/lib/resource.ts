/**
 * The content of a file in a folder of an application.
 *
 * @throws Error if there is no such file, or no folder.
 */
export async function readResource(
  folder: string | null,
  path: string,
  { asText = false }: { asText?: boolean },
): Promise<string | Uint8Array> {
  if (folder === null) {
    throw new Error(
      `The resource ${JSON.stringify(path)} cannot be read: the folder of the module is not known. ` +
        'Pass import.meta to the constructor, or the option rootPath.',
    )
  }
  const files = await import('./node/files.ts')
  const full = files.resolvePath(folder, path)
  const bytes = await files.readBytes(full)
  if (bytes === null) throw new Error(`There is no resource at ${full}.`)
  return asText ? new TextDecoder().decode(bytes) : bytes
}
