// Two frames: the second one begins after the first was drawn.
requestAnimationFrame(() =>
  requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke("first_paint")),
);
