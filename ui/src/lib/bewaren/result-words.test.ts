import type { SaveJob } from '$lib/bindings';
import { describe, expect, it } from 'vitest';
import { daysOf } from './period';
import { refusals, resultLines } from './result-words';
import { saveWord } from './save-words';

const job = (more: Partial<SaveJob>): SaveJob => ({
  id: 1,
  account: 'a',
  about: 'photos',
  state: 'done',
  folder: '/x',
  total: 0,
  saved: 0,
  reduced: 0,
  already: 0,
  refused: [],
  failed: 0,
  bytes: 0,
  trouble: null,
  ...more,
});

describe('how a save went', () => {
  it('tells what was saved, was there, may not and failed', () => {
    const refused = [
      { id: 'a', reason: 'Geen toestemming' },
      { id: 'b', reason: 'Geen toestemming' },
      { id: 'c', reason: 'Andere kinderen' },
    ];
    const mixed = job({ saved: 1, already: 12, refused, failed: 2 });
    expect(resultLines(mixed, 'photos')).toEqual([
      '1 foto opgeslagen',
      '12 stonden er al',
      '3 mogen niet worden opgeslagen',
      '2 mislukt',
    ]);
    expect(refusals(mixed, 'photos')).toEqual([
      'Geen toestemming (2 foto’s)',
      'Andere kinderen (1 foto)',
    ]);
  });

  it('says so when there was nothing, and how to go on when it was stopped', () => {
    expect(resultLines(job({}), 'photos')).toEqual(['Er was niets om op te slaan.']);
    expect(resultLines(job({ state: 'cancelled', saved: 3 }), 'photos').at(-1)).toContain(
      'nog een keer om verder te gaan',
    );
  });

  it('does not promise photos that may not be saved', () => {
    expect(saveWord(1, 1, 'photos')).toBe('Downloaden');
    expect(saveWord(12, 12, 'photos')).toBe('Alle 12 foto’s downloaden');
    expect(saveWord(2, 3, 'photos')).toBe('2 van de 3 foto’s downloaden');
  });

  it('calls a video a video', () => {
    expect(saveWord(4, 4, 'both')).toBe('Alle 4 foto’s en video’s downloaden');
    expect(saveWord(1, 2, 'videos')).toBe('1 van de 2 video’s downloaden');
    expect(resultLines(job({ saved: 4 }), 'both')).toEqual(['4 foto’s en video’s opgeslagen']);
    expect(resultLines(job({ saved: 1 }), 'videos')).toEqual(['1 video opgeslagen']);
  });

  it('tells of which photos only a smaller size could still be had', () => {
    expect(resultLines(job({ saved: 5, reduced: 3 }), 'photos')).toEqual([
      '5 foto’s opgeslagen',
      '3 foto’s alleen in middelgroot formaat bewaard',
    ]);
  });
});

describe('the period to save', () => {
  it('begins with the year, or where chosen, or nowhere', () => {
    const chosen = { from: '2025-02-01', until: null };
    expect(daysOf('thisYear', chosen, '2026-11-24')).toEqual({ from: '2026-01-01', until: null });
    expect(daysOf('chosen', chosen, '2026-11-24')).toEqual(chosen);
    expect(daysOf('everything', chosen, '2026-11-24')).toEqual({ from: null, until: null });
  });
});
