import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
      outputStructure: 'locale-modules',
    }),
    sveltekit(),
    svelteTesting(),
  ],
  clearScreen: false,
  // The drawings live beside the interface, in the repository's own assets.
  server: { port: 1420, strictPort: true, fs: { allow: ['..'] } },
  build: { target: ['es2022', 'safari16'], assetsInlineLimit: 0 },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.ts'],
    setupFiles: ['./src/test-setup.ts'],
    // Where a photo stands is a promise: these styles are part of what is tested.
    css: { include: [/(PhotoTile|Photos|Strip)\.svelte/] },
    // By itself one core would be left idle, and of two that is half.
    maxWorkers: '100%',
    // A busy machine is slow, and that is no fault.
    testTimeout: 60_000,
    // A parent far from home must still see the nursery's days.
    env: { TZ: 'America/New_York' },
  },
});
