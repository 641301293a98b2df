import { fireEvent } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { pull } from './pull';

function page(scrollTop = 0) {
  const element = document.createElement('div');
  element.scrollTop = scrollTop;
  const moved = vi.fn();
  const pulled = vi.fn();
  pull(() => element, moved, pulled)(element);
  const finger = async (...ys: number[]) => {
    const touch = (clientY: number) => ({ touches: [{ clientY } as Touch] });
    await fireEvent.touchStart(element, touch(ys[0] ?? 0));
    for (const y of ys.slice(1)) await fireEvent.touchMove(element, touch(y));
  };
  return { element, moved, pulled, finger };
}

describe('pulling the timeline down', () => {
  it('asks for news when it is let go far enough', async () => {
    const { element, moved, pulled, finger } = page();
    await finger(100, 200, 300);
    expect(moved).toHaveBeenLastCalledWith(expect.any(Number), true);
    await fireEvent.touchEnd(element);
    expect(pulled).toHaveBeenCalledOnce();
    expect(moved).toHaveBeenLastCalledWith(0, false);
  });

  it('does nothing when it goes back, is short, or the system takes the finger over', async () => {
    const { element, pulled, finger } = page();
    await finger(100, 300, 110);
    await fireEvent.touchEnd(element);
    await finger(100, 130);
    await fireEvent.touchEnd(element);
    await finger(100, 300);
    await fireEvent.touchCancel(element);
    expect(pulled).not.toHaveBeenCalled();
  });

  it('is scrolling and nothing else below the top', async () => {
    const { element, moved, pulled, finger } = page(40);
    await finger(100, 300);
    await fireEvent.touchEnd(element);
    expect(moved).not.toHaveBeenCalled();
    expect(pulled).not.toHaveBeenCalled();
  });
});
