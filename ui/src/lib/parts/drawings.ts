const files = import.meta.glob<string>('../../../../assets/ui/*.svg', {
  eager: true,
  query: '?url',
  import: 'default',
});

/** Where a drawing made for this interface can be read. */
export function drawing(name: 'empty-timeline' | 'offline' | 'sign-in'): string | undefined {
  return files[`../../../../assets/ui/${name}.svg`];
}
