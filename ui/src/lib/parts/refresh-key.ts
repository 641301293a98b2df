/** F5, and Ctrl or Command with R, read what is new instead of starting the window anew. */
export function refreshKey(refresh: () => void) {
  return (event: KeyboardEvent) => {
    const asked = event.key === 'F5' || (event.key === 'r' && (event.ctrlKey || event.metaKey));
    if (!asked) return;
    event.preventDefault();
    refresh();
  };
}
