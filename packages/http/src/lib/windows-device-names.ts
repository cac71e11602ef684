// Names that open a device in every folder of Windows, whatever their extension.
const DEVICES: ReadonlySet<string> = new Set([
  'AUX',
  'CON',
  'CONIN$',
  'CONOUT$',
  'NUL',
  'PRN',
  ...Array.from('123456789¹²³', (digit) => `COM${digit}`),
  ...Array.from('123456789¹²³', (digit) => `LPT${digit}`),
])

/** Whether a segment of a path opens a device on Windows. */
export function isWindowsDevice(segment: string): boolean {
  const dot = segment.indexOf('.')
  const stem = dot < 0 ? segment : segment.slice(0, dot)
  return DEVICES.has(stem.trim().toUpperCase())
}

/** The system whose rules for file names apply. */
export type FilePlatform = 'posix' | 'windows'
