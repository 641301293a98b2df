import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atMostEvery } from './at-most-every';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('many changes at once', () => {
  it('are read at once, then again when it is over, and never missed', async () => {
    const act = vi.fn(() => Promise.resolve());
    const changed = atMostEvery(800, act);
    for (let at = 0; at < 50; at += 1) changed();
    expect(act).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(801);
    expect(act).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(5000);
    expect(act).toHaveBeenCalledTimes(2);
    changed();
    expect(act).toHaveBeenCalledTimes(3);
  });
});
