import type { AppError, ErrorCode } from '$lib/bindings';
import { trouble } from '$lib/bridge/fixture';
import { afterEach, describe, expect, it } from 'vitest';
import { spoken } from './language.svelte';
import { adviceFor, shortWordsFor, wordsFor } from './trouble';
import bindings from '../bindings.ts?raw';

// Read from the generated file, so that a code added in Rust is a code tested here.
const CODES = [
  ...(/export type ErrorCode =(.*?);\n\n/s.exec(bindings)?.[1] ?? '').matchAll(/["'](\w+)["']/g),
].map(([, code]) => code as ErrorCode);

const now = new Date('2026-11-24T12:00:00Z');
const say = (error: AppError) => `${wordsFor(error)} ${adviceFor(error, now)}`;

afterEach(() => spoken.speak('nl'));

describe('what failed is told apart', () => {
  it('knows every code', () => expect(CODES.length).toBeGreaterThan(25));

  for (const language of ['nl', 'en'] as const) {
    it(`says something of its own for every code, and what to do (${language})`, () => {
      spoken.speak(language);
      const said = CODES.map((code) => say(trouble(code)));
      expect(new Set(said).size).toBe(CODES.length);
      for (const code of CODES) {
        expect(wordsFor(trouble(code))).toMatch(/^[A-Z].*\.$/);
        expect(adviceFor(trouble(code), now).length).toBeGreaterThan(10);
        expect(shortWordsFor(trouble(code)).length).toBeLessThan(30);
      }
    });
  }

  it('tells at what time a lock-out ends, on the parent’s clock', () => {
    const locked = trouble('lockedOut', { blockedUntil: '2026-11-24T15:30:00Z' });
    expect(say(locked)).toContain('om 10:30'); // the tests live in New York
  });

  it('tells the day as well when a lock-out ends on another day', () => {
    const locked = trouble('lockedOut', { blockedUntil: '2026-11-25T15:30:00Z' });
    expect(say(locked)).toContain('op 25 november 2026 om 10:30');
  });

  it('passes on the portal’s own words when nobody knows the reason', () => {
    const refused = trouble('refused', { portalSays: 'web.login.odd' });
    expect(say(refused)).toContain('web.login.odd');
  });
});
