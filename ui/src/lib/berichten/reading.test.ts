import type { Thread } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect, it, vi } from 'vitest';
import ConversationView from './ConversationView.svelte';

it('is marked read when the parent comes back to the window, and not before', async () => {
  const focused = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const host = fixture('family');
  useTransport(host);
  const read = vi.spyOn(host.commands, 'openConversation');
  render(ConversationView, { id: 'c-fiets' });
  await screen.findByText(/we hebben de route samen geoefend/);
  await waitFor(() =>
    expect(screen.getByTestId('conversation')).toHaveAttribute('aria-busy', 'false'),
  );
  expect(read).toHaveBeenCalledOnce();

  const { conversation } = host.commands;
  host.commands.conversation = async (id) => {
    const answer = await conversation(id);
    if (answer.status === 'error') return answer;
    const about = {
      ...answer.data.conversation,
      unread: true,
      lastWritten: '2030-01-01T10:00:00Z',
    };
    return { status: 'ok', data: { ...answer.data, conversation: about } satisfies Thread };
  };
  const looked = vi.spyOn(host.commands, 'conversation');
  focused.mockReturnValue(false);
  await fireEvent(document, new Event('visibilitychange'));
  await waitFor(() => expect(looked).toHaveBeenCalledOnce());
  await looked.mock.results[0]?.value;
  expect(read).toHaveBeenCalledOnce();

  focused.mockReturnValue(true);
  await fireEvent.focus(window);
  await waitFor(() => expect(read).toHaveBeenCalledTimes(2));
});

it('opens at the message that was found, and marks it', async () => {
  const host = fixture('family');
  useTransport(host);
  const answer = await host.commands.conversation('c-fiets');
  const first = answer.status === 'ok' ? answer.data.messages[0] : undefined;
  const into = vi.fn();
  Element.prototype.scrollIntoView = into;
  render(ConversationView, { id: 'c-fiets', found: first?.id });
  await waitFor(() => expect(into).toHaveBeenCalledOnce());
  const current = document.querySelectorAll('[aria-current="true"]');
  expect([...current].map((one) => one.getAttribute('data-message'))).toEqual([first?.id]);
});
