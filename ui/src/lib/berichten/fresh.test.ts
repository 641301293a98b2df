import type { SyncStatus } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture } from '$lib/bridge/fixture';
import { conversations } from '$lib/state/conversations.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ConversationList from './ConversationList.svelte';

const FAILED = { messagesTrouble: trouble('portalDown') };

let host: Fixture;
let stop = () => {};

async function open(status: Partial<SyncStatus>, messages: 'some' | 'none') {
  host = fixture('family');
  const { syncStatus } = host.commands;
  const told: typeof syncStatus = async () => {
    const answer = await syncStatus();
    return answer.status === 'ok' ? { ...answer, data: { ...answer.data, ...status } } : answer;
  };
  host.commands.syncStatus = told;
  host.commands.syncNow = told;
  if (messages === 'none')
    host.commands.conversations = () =>
      Promise.resolve({ status: 'ok', data: { conversations: [], next: null } });
  useTransport(host);
  conversations.forget();
  sync.forget();
  stop = await start();
  await waitFor(() => expect(conversations.read && sync.status !== null).toBe(true));
  await waitFor(() => expect(sync.asking).toBe(false));
  render(ConversationList, { current: null, heading: true });
}
afterEach(() => stop());

describe('where the messages alone could not be read', () => {
  it('the list does not look up to date, says so, and offers to try again', async () => {
    await open(FAILED, 'some');
    expect(screen.getByTestId('freshness')).toHaveAttribute('data-trouble', 'portalDown');
    expect(screen.getByTestId('messages-trouble')).toHaveTextContent(
      'De berichten konden niet worden opgehaald',
    );
    const again = vi.spyOn(host.commands, 'refreshConversations');
    await userEvent.setup().click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
    expect(again).toHaveBeenCalledOnce();
  });

  it('an empty list does not claim that there are none', async () => {
    await open({ ...FAILED, messagesFreshAt: null }, 'none');
    const empty = screen.getByTestId('empty-conversations');
    expect(empty).toHaveTextContent('De berichten konden niet worden opgehaald');
    expect(empty).not.toHaveTextContent('Nog geen berichten');
    expect(screen.getByRole('button', { name: 'Opnieuw proberen' })).toBeVisible();
  });
});

it('claims no empty list before the portal was asked', async () => {
  await open({ messagesFreshAt: null }, 'none');
  expect(screen.getByTestId('skeleton')).toBeVisible();
  expect(screen.queryByTestId('empty-conversations')).toBeNull();
});

it('says that there are none once that is known', async () => {
  await open({}, 'none');
  expect(screen.getByTestId('empty-conversations')).toHaveTextContent('Nog geen berichten');
});
