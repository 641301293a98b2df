/** Which tile the focus goes to, or nothing when the key means something else. */
export function stripTarget(key: string, current: number, total: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return Math.min(current + 1, total - 1);
    case 'ArrowLeft':
      return Math.max(current - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
