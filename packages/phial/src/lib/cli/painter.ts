import picocolors from 'picocolors'

/** The colours that the command line uses; each gives the text as it is where colours are off. */
export type Painter = Pick<
  ReturnType<typeof picocolors.createColors>,
  'bold' | 'cyan' | 'green' | 'magenta' | 'red' | 'yellow'
>

export function createPainter(colors: boolean): Painter {
  return picocolors.createColors(colors)
}
