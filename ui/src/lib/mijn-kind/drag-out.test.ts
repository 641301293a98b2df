import type { Photo } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { notice } from '$lib/state/notice.svelte';
import { describe, expect, it, vi } from 'vitest';
import { dragOut } from './drag-out';

const photo = (saveable: Photo['saveable']): Photo => ({
  id: 'p',
  day: '2026-03-14',
  kind: 'photo',
  caption: null,
  machineDescription: null,
  ownChildren: [],
  cached: 'medium',
  saveable,
});

function host(began: boolean) {
  const family = fixture('family');
  const start = vi.fn(() => Promise.resolve({ status: 'ok' as const, data: began }));
  const letGo = vi.fn(() => Promise.resolve({ status: 'ok' as const, data: null }));
  family.commands.startDrag = start;
  family.commands.letGoOfDrag = letGo;
  useTransport(family);
  return { start, letGo };
}

describe('dragging a photo out', () => {
  it('tells when the button was let go too soon, and that the next try is quick', async () => {
    const { letGo } = host(false);
    const dragged = dragOut(photo({ answer: 'yes' }));
    window.dispatchEvent(new Event('pointerup'));
    await dragged;
    expect(letGo).toHaveBeenCalledOnce();
    expect(notice.text).toContain('nog een keer');
  });

  it('does not listen on once the drag has begun', async () => {
    const { letGo } = host(true);
    await dragOut(photo({ answer: 'yes' }));
    window.dispatchEvent(new Event('pointerup'));
    expect(letGo).not.toHaveBeenCalled();
  });

  it('does not drag what may not be saved, and says why', async () => {
    const { start } = host(true);
    await dragOut(photo({ answer: 'no', reason: 'Andere kinderen' }));
    expect(start).not.toHaveBeenCalled();
    expect(notice.text).toContain('Andere kinderen');
  });
});
