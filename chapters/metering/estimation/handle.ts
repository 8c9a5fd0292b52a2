/** Who an estimated day is recorded by: undoing an import takes such a day for no news. */
export const estimatedBy = 'system:estimation'
