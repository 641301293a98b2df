import type { SyncStatus } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { sync } from '$lib/state/sync.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import FirstSync from './FirstSync.svelte';

const backfill: SyncStatus = {
  phase: 'backfill',
  freshAt: null,
  trouble: null,
  messagesFreshAt: null,
  messagesComplete: true,
  messagesTrouble: null,
  complete: false,
  cards: 640,
  photos: 1240,
  thumbs: 90,
  oldest: '2025-03-14',
  seconds: 44,
  secondsLeft: null,
  stopped: false,
  heldBack: false,
  clearing: null,
};
const media: SyncStatus = { ...backfill, phase: 'media', complete: true, thumbs: 310 };

async function shown(first: SyncStatus) {
  const host = fixture('family');
  let now = first;
  const says = (status: SyncStatus) => (now = status);
  host.commands.syncStatus = () => Promise.resolve({ status: 'ok', data: now });
  useTransport(host);
  await sync.load();
  render(FirstSync);
  return { host, says, text: () => screen.getByTestId('first-sync'), user: userEvent.setup() };
}

afterEach(() => sync.forget());

describe('the first sync', () => {
  it('tells of cards, photos, how far back and how long it is busy, while nobody knows the end', async () => {
    const { text, says } = await shown(backfill);
    expect(text()).toHaveTextContent('Oudere dagen ophalen');
    expect(text()).toHaveTextContent(
      '640 stukjes op de tijdlijn · 1.240 foto’s en video’s · tot 14 maart 2025 · al 40 seconden bezig',
    );
    expect(screen.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
    says({ ...backfill, seconds: 200 });
    await sync.load();
    expect(text()).toHaveTextContent('al 3 minuten bezig');
  });

  it('tells of cards, photos and the time left while pictures come in', async () => {
    const { text, says } = await shown({ ...media, secondsLeft: 170 });
    expect(text()).toHaveTextContent('Foto’s ophalen');
    expect(text()).toHaveTextContent(
      '640 stukjes op de tijdlijn · 310 van 1.240 foto’s · nog ongeveer 3 minuten',
    );
    expect(text()).not.toHaveTextContent('bezig');
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    says({ ...media, seconds: 60 });
    await sync.load();
    expect(text()).toHaveTextContent('310 van 1.240 foto’s · al 1 minuut bezig');
  });

  it('is stopped and goes on at the same button, which the keyboard stays on', async () => {
    const { host, says, text, user } = await shown(backfill);
    const stop = vi.fn(() => {
      says({ ...backfill, phase: 'idle', stopped: true });
      return Promise.resolve({ status: 'ok' as const, data: null });
    });
    const goOn = vi.fn(() => {
      says(backfill);
      return Promise.resolve({ status: 'ok' as const, data: backfill });
    });
    Object.assign(host.commands, { syncStop: stop, syncNow: goOn });

    screen.getByRole('button', { name: 'Stoppen' }).focus();
    await user.keyboard('{Enter}');
    expect(stop).toHaveBeenCalledOnce();
    expect(text()).toHaveTextContent('Oudere dagen staan nog niet allemaal hier');
    expect(text()).not.toHaveTextContent('bezig');
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByRole('button', { name: 'Verdergaan' })).toHaveFocus();

    await user.keyboard('{Enter}');
    expect(goOn).toHaveBeenCalledOnce();
    expect(screen.getByRole('button', { name: 'Stoppen' })).toHaveFocus();
    expect(text()).toHaveTextContent('Oudere dagen ophalen');
  });

  it('says nothing of the last few pictures of an ordinary day', async () => {
    await shown({ ...media, thumbs: 1210 });
    expect(screen.queryByTestId('first-sync')).toBeNull();
  });

  it('can be used with a screen reader in both phases', async () => {
    const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
    const { says } = await shown(backfill);
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
    says({ ...media, secondsLeft: 170 });
    await sync.load();
    expect((await axe.run(document.body, { rules })).violations).toEqual([]);
  });
});
