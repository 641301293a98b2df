/** Calls once what stands on the page now is on the screen; the answer stops it. */
export function whenSeen(seen: () => void): () => void {
  // The frame after the first begins when the first is on the screen.
  let frame = requestAnimationFrame(() => (frame = requestAnimationFrame(seen)));
  return () => cancelAnimationFrame(frame);
}
