/** How deep templates may include, import and extend each other. */
export const MAX_TEMPLATE_DEPTH = 50

/** How deep macros may call each other, and recursive loops themselves. */
export const MAX_MACRO_DEPTH = 200
