// Runs before anything of the page: its first picture is as large, and as clear, as was chosen.
(() => {
  const chosen = CHOSEN;
  const show = () => {
    const root = document.documentElement;
    if (!root) return false;
    root.style.setProperty('--text-scale', String(chosen.textSize / 100));
    root.dataset.theme = chosen.theme;
    const clearer = chosen.contrast || matchMedia('(prefers-contrast: more)').matches;
    root.dataset.contrast = clearer ? 'more' : 'usual';
    return true;
  };
  if (show()) return;
  new MutationObserver((_, observer) => {
    if (show()) observer.disconnect();
  }).observe(document, { childList: true });
})();
