import type { Conversation } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { exchangesOf } from '$lib/bridge/fixture-messages';
import { start } from '$lib/state/start';
import { unread } from '$lib/state/unread.svelte';
import Menu from '$lib/parts/Menu.svelte';
import { render, screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import ConversationRow from './ConversationRow.svelte';

let stop = () => {};
let host: ReturnType<typeof fixture>;
const all = exchangesOf(new Date()).map(({ conversation }) => conversation);
const one = (id: string) => all.find((known) => known.id === id) as Conversation;
const show = (conversation: Conversation) => {
  render(ConversationRow, { conversation, current: false });
  return screen.getByTestId('conversation-row');
};

beforeEach(async () => {
  host = fixture('family');
  useTransport(host);
  stop = await start();
});
afterEach(() => stop());

describe('a conversation in the list', () => {
  it('names subject, child and group, and who wrote last', () => {
    const row = show(one('c-zwem'));
    expect(row).toHaveTextContent('Ongelezen: Zwemspullen mee op vrijdag');
    expect(row).toHaveTextContent('Noortje · Hamsters verticaal');
    expect(row).toHaveTextContent('Marieke Jansen: Beste ouders');
    expect(row).toHaveAttribute('href', '/berichten/c-zwem');
  });

  it('says “Jij” only when it is known that this parent wrote last', () => {
    expect(show(one('c-fiets'))).toHaveTextContent('Jij: Ja hoor');
  });

  it('stands in the list when two children are called the same', () => {
    const conversation = { ...one('c-fiets'), children: [], childNames: ['Noor', 'Noor'] };
    expect(show(conversation)).toHaveTextContent('Ja hoor');
  });

  it('guesses nothing that the portal does not say', () => {
    const plain = {
      ...one('c-fiets'),
      lastAuthor: null,
      childNames: [],
      children: [],
      group: null,
    };
    const row = show(plain);
    expect(row).toHaveTextContent('Ouder: Ja hoor');
    expect(row).not.toHaveTextContent('Ties ·');
  });
});

describe('the badge in the menu', () => {
  it('tells how many are unread, by eye and by ear, and follows the changes', async () => {
    render(Menu);
    await screen.findByRole('link', { name: 'Berichten, 2 ongelezen' });
    expect(screen.getByTestId('menu-berichten-badge')).toHaveTextContent('2');
    await host.commands.openConversation('c-zwem');
    await screen.findByRole('link', { name: 'Berichten, 1 ongelezen' });
    await host.commands.openConversation('c-slapen');
    await waitFor(() => expect(unread.messages).toBe(0));
    await screen.findByRole('link', { name: 'Berichten' });
    expect(screen.queryByTestId('menu-berichten-badge')).toBeNull();
  });
});
