/** The colours of groups and tags; each stands beside a word, and each is readable in both themes. */
export const groupColours = ['clay', 'ochre', 'leaf', 'lagoon', 'sky', 'indigo', 'plum', 'rose'] as const
export type GroupColour = (typeof groupColours)[number]
