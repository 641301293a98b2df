import type { Child, ObservationTitle } from '$lib/bindings';

export interface OfChild {
  id: string;
  /** Nothing when it is not among the family's children here. */
  child: Child | null;
  /** The newest first; those without a day last. */
  forms: ObservationTitle[];
}

/** Puts forms under their child: children in their order, and then those that are not known. */
export function byChild(titles: ObservationTitle[], family: Child[]): OfChild[] {
  const newest = [...titles].sort((a, b) => (b.day ?? '').localeCompare(a.day ?? ''));
  const known = family.map(({ id }) => id);
  const ids = new Set([...known, ...newest.map(({ child }) => child)]);
  return [...ids]
    .map((id) => ({
      id,
      child: family.find((child) => child.id === id) ?? null,
      forms: newest.filter(({ child }) => child === id),
    }))
    .filter(({ forms }) => forms.length > 0);
}
