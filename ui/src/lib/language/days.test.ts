import { afterEach, describe, expect, it } from 'vitest';
import { dayBefore, dayHeading, longDay, marginDay, moment, nurseryDay } from './days';
import { spoken } from './language.svelte';

afterEach(() => spoken.speak('nl'));

describe('days are the nursery’s', () => {
  it('calls the day by the clock in Amsterdam, wherever the parent is', () => {
    // 18:30 in New York the evening before, half past midnight at the nursery.
    const now = new Date('2026-03-13T23:30:00Z');
    expect(nurseryDay(now)).toBe('2026-03-14');
    expect(dayHeading('2026-03-14', now)).toBe('Vandaag');
    expect(dayHeading('2026-03-13', now)).toBe('Gisteren');
    expect(dayHeading('2026-03-12', now)).toBe('donderdag 12 maart 2026');
  });

  it('knows yesterday over the nights the clock changes', () => {
    // 29 March 2026 has 23 hours, 25 October has 25.
    for (const [morning, today, yesterday] of [
      ['2026-03-30T00:30:00+02:00', '2026-03-30', '2026-03-29'],
      ['2026-03-29T23:30:00+02:00', '2026-03-29', '2026-03-28'],
      ['2026-10-26T00:30:00+01:00', '2026-10-26', '2026-10-25'],
      ['2026-10-25T23:30:00+01:00', '2026-10-25', '2026-10-24'],
    ] as const) {
      expect(dayHeading(today, new Date(morning))).toBe('Vandaag');
      expect(dayHeading(yesterday, new Date(morning))).toBe('Gisteren');
    }
  });

  it('goes back a day over months and leap years', () => {
    expect(dayBefore('2028-03-01')).toBe('2028-02-29');
    expect(dayBefore('2027-01-01')).toBe('2026-12-31');
  });

  it('names the year in the margin only when it is another one', () => {
    const now = new Date('2026-11-24T12:00:00Z');
    expect(marginDay('2026-03-14', now)).toEqual({
      number: '14',
      month: 'mrt',
      year: null,
      weekday: 'zaterdag',
    });
    expect(marginDay('2025-03-14', now).year).toBe('2025');
  });

  it('speaks English too', () => {
    spoken.speak('en');
    expect(longDay('2026-03-14')).toBe('Saturday 14 March 2026');
  });
});

describe('how fresh things are', () => {
  const now = new Date('2026-11-24T20:00:00Z'); // 15:00 in New York

  it('says the time, yesterday, or the date', () => {
    expect(moment('2026-11-24T19:32:00Z', now)).toBe('om 14:32');
    expect(moment('2026-11-23T23:05:00Z', now)).toBe('gisteren 18:05');
    expect(moment('2026-11-20T23:05:00Z', now)).toBe('20 november 2026 18:05');
  });
});
