import type { AppError, SyncStatus } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import { afterEach, expect, it } from 'vitest';
import { sync } from './sync.svelte';

function cutOff() {
  const host = fixture('family');
  const { syncStatus } = host.commands;
  let status: Partial<SyncStatus> = { trouble: trouble('offline') };
  host.commands.syncStatus = async () => {
    const answer = await syncStatus();
    return answer.status === 'ok' ? { ...answer, data: { ...answer.data, ...status } } : answer;
  };
  host.commands.syncNow = () => Promise.resolve({ status: 'error', error: trouble('offline') });
  useTransport(host);
  return { tells: (next: Partial<SyncStatus>) => (status = next) };
}
const told = (): AppError['code'] | undefined => sync.trouble?.code;

afterEach(() => sync.forget());

it('says that there is no connection until one is back by itself', async () => {
  const { tells } = cutOff();
  await sync.now(false);
  expect(told()).toBe('offline');
  tells({ trouble: null });
  await sync.load();
  expect(told()).toBeUndefined();
});

it('says what failed where the sync does not tell of it, until something new was read', async () => {
  const { tells } = cutOff();
  tells({ trouble: null, freshAt: '2026-03-14T08:00:00Z' });
  await sync.now(false);
  await sync.load();
  expect(told()).toBe('offline');
  tells({ trouble: null, freshAt: '2026-03-14T09:00:00Z' });
  await sync.load();
  expect(told()).toBeUndefined();
});
