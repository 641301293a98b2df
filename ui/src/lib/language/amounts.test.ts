import { describe, expect, it } from 'vitest';
import nl from '../../../messages/nl.json';
import en from '../../../messages/en.json';
import { bytes, cards, contentOf, duration, names, things, timeLeft, timeTaken } from './amounts';

describe('amounts in words', () => {
  it('has one and many', () => {
    expect([cards(1), cards(2), cards(1240)]).toEqual([
      '1 stukje op de tijdlijn',
      '2 stukjes op de tijdlijn',
      '1.240 stukjes op de tijdlijn',
    ]);
    expect([things(0, 'photos'), things(1, 'photos')]).toEqual(['0 foto’s', '1 foto']);
  });

  it('calls a video a video, alone and among photos', () => {
    const of = (...kinds: ('photo' | 'video')[]) =>
      things(kinds.length, contentOf(kinds.map((kind) => ({ kind }))));
    expect([of('photo'), of('photo', 'photo')]).toEqual(['1 foto', '2 foto’s']);
    expect([of('video'), of('video', 'video')]).toEqual(['1 video', '2 video’s']);
    expect(of('photo', 'video', 'photo')).toBe('3 foto’s en video’s');
  });

  it('tells how long it is busy, never longer than it is', () => {
    expect([3, 14, 59, 60, 3599, 3600, 7300].map(timeTaken)).toEqual([
      'net begonnen',
      'al 10 seconden bezig',
      'al 55 seconden bezig',
      'al 1 minuut bezig',
      'al 59 minuten bezig',
      'al 1 uur bezig',
      'al 2 uur bezig',
    ]);
  });

  it('tells how long it still takes, never too exactly', () => {
    expect(timeLeft(3)).toBe('nog een paar tellen');
    expect(timeLeft(33)).toBe('nog ongeveer 35 seconden');
    expect(timeLeft(70)).toBe('nog ongeveer 1 minuut');
    expect(timeLeft(175)).toBe('nog ongeveer 3 minuten');
    expect(timeLeft(7300)).toBe('nog ongeveer 2 uur');
  });

  it('tells how long a nap was', () => {
    expect([duration(45), duration(60), duration(98)]).toEqual(['45 min', '1 u', '1 u 38 min']);
  });

  it('tells sizes as people do', () => {
    expect(bytes(0)).toMatch(/^0/);
    expect(bytes(1_260_000_000)).toBe('1,3 GB');
  });

  it('joins names', () => {
    expect(names(['Noortje', 'Ties', 'Saar'])).toBe('Noortje, Ties en Saar');
  });
});

describe('both languages', () => {
  it('have the same messages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  });

  it('fill in the same words', () => {
    const wordsIn = (text: unknown) =>
      [...new Set([...JSON.stringify(text).matchAll(/\{(\w+)\}/g)].map(([, word]) => word))].sort();
    for (const [key, text] of Object.entries(nl)) {
      expect([key, wordsIn(en[key as keyof typeof en])]).toEqual([key, wordsIn(text)]);
    }
  });
});
