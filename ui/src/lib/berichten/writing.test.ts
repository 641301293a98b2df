import { goto } from '$app/navigation';
import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import { children } from '$lib/state/children.svelte';
import { drafts } from '$lib/state/drafts.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { start } from '$lib/state/start';
import { writing } from '$lib/state/writing.svelte';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import ConversationView from './ConversationView.svelte';
import NewMessage from './NewMessage.svelte';

const FINAL = /na het versturen niet meer te wijzigen of te verwijderen/;
let stop = () => {};

async function open(scene: Scene): Promise<Fixture> {
  const host = fixture(scene);
  useTransport(host);
  drafts.forget();
  outbox.forget();
  stop = await start();
  await waitFor(() => expect(writing.known).not.toBeNull());
  return host;
}
afterEach(() => stop());

describe('an answer', () => {
  it('is still there when one leaves the conversation and comes back', async () => {
    await open('offline');
    const user = userEvent.setup();
    render(ConversationView, { id: 'c-fiets' });
    await user.type(await screen.findByTestId('reply-text'), 'Hij belt vanavond');
    cleanup();
    render(ConversationView, { id: 'c-slapen' });
    expect(await screen.findByTestId('reply-text')).toHaveValue('');
    cleanup();
    render(ConversationView, { id: 'c-fiets' });
    expect(await screen.findByTestId('reply-text')).toHaveValue('Hij belt vanavond');
  });

  it('says that it is final before it is sent, and stands in the exchange at once', async () => {
    await open('offline');
    const user = userEvent.setup();
    render(ConversationView, { id: 'c-fiets' });
    const field = await screen.findByTestId('reply-text');
    expect(screen.getByText(FINAL)).toBeVisible();
    await user.type(field, 'Tot morgen');
    await user.keyboard('{Control>}{Enter}{/Control}');
    const echo = await screen.findByTestId('echo');
    expect(echo).toHaveTextContent('Tot morgen');
    expect(echo).toHaveTextContent('Wacht op verbinding');
    expect(field).toHaveValue('');
    expect(field).toHaveFocus();
  });

  it('is not sent when there is nothing in it', async () => {
    const host = await open('offline');
    const send = vi.spyOn(host.commands, 'sendDraft');
    render(ConversationView, { id: 'c-fiets' });
    await userEvent.setup().click(await screen.findByTestId('reply-send'));
    expect(screen.getByRole('alert')).toHaveTextContent('nog niets geschreven');
    expect(send).not.toHaveBeenCalled();
  });

  it('takes a photo that is pasted, and not the picture of a pasted text', async () => {
    const host = await open('offline');
    const add = vi.spyOn(host, 'addFile');
    render(ConversationView, { id: 'c-fiets' });
    const field = await screen.findByTestId('reply-text');
    const photo = new File(['x'], 'zandbak.png');
    const files = [photo];
    await fireEvent.paste(field, { clipboardData: { files, types: ['text/plain', 'text/html'] } });
    expect(add).not.toHaveBeenCalled();
    await fireEvent.paste(field, { clipboardData: { files, types: ['Files'] } });
    expect(await screen.findByTestId('draft-file')).toBeVisible();
    const [place, file] = add.mock.lastCall ?? [];
    expect(place).toEqual({ place: 'reply', conversation: 'c-fiets' });
    expect(file).toBe(photo);
  });

  it('cannot be given in a closed conversation, which says so', async () => {
    await open('family');
    render(ConversationView, { id: 'c-luizen' });
    expect(await screen.findByTestId('conversation-closed')).toHaveTextContent('afgesloten');
    expect(screen.queryByTestId('reply-text')).toBeNull();
  });

  it('leads to the web portal where the portal takes none from here', async () => {
    const host = await open('plain');
    const link = vi.spyOn(host.commands, 'openLink');
    render(ConversationView, { id: 'c-fiets' });
    await userEvent.setup().click(await screen.findByTestId('open-web-portal'));
    expect(link).toHaveBeenCalledWith('https://dehamsters.ouderportaal.nl/parent/');
    expect(screen.queryByTestId('reply-text')).toBeNull();
  });
});

describe('a new message', () => {
  it('says what is missing, and goes to the first of it', async () => {
    const host = await open('offline');
    const send = vi.spyOn(host.commands, 'sendDraft');
    render(NewMessage);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('send'));
    expect(screen.getByText('Kies over welk kind je bericht gaat.')).toBeVisible();
    expect(screen.getByText('Vul een onderwerp in.')).toBeVisible();
    expect(screen.getAllByTestId('choose-child')[0]).toHaveFocus();
    await user.click(screen.getByRole('radio', { name: /Noortje/ }));
    expect(screen.queryByText('Kies over welk kind je bericht gaat.')).toBeNull();
    await user.click(screen.getByTestId('send'));
    expect(screen.getByTestId('message-subject')).toHaveFocus();
    expect(send).not.toHaveBeenCalled();
  });

  it('is not begun when no child attends any more', async () => {
    await open('offline');
    children.all = children.all.map((known) => ({
      ...known,
      child: { ...known.child, attends: false },
    }));
    render(NewMessage);
    expect(screen.getByTestId('no-writing')).toHaveTextContent('niemand om over te schrijven');
    expect(screen.queryByTestId('send')).toBeNull();
  });

  it('offers only children that attend, and goes into the queue', async () => {
    await open('offline');
    render(NewMessage);
    const user = userEvent.setup();
    expect(screen.queryByRole('radio', { name: /Saar/ })).toBeNull();
    expect(screen.getByText(FINAL)).toBeVisible();
    await user.click(screen.getByRole('radio', { name: /Ties/ }));
    await user.type(screen.getByTestId('message-subject'), 'Ophalen');
    await user.type(screen.getByTestId('message-text'), 'Opa komt.');
    await user.click(screen.getByTestId('send'));
    await waitFor(() =>
      expect(goto).toHaveBeenLastCalledWith('/berichten', { replaceState: true }),
    );
    expect(outbox.unsent.at(-1)?.what).toEqual({
      what: 'message',
      child: 't',
      group: null,
      subject: 'Ophalen',
      text: 'Opa komt.',
    });
  });

  it('asks for which group it is when a child has two, and goes to that one', async () => {
    await open('offline');
    children.all = children.all.map(({ child, ...known }) => ({
      ...known,
      child: child.id === 't' ? { ...child, groups: [...child.groups, 'Vakantiegroep'] } : child,
    }));
    render(NewMessage);
    const user = userEvent.setup();
    await user.click(screen.getByRole('radio', { name: /Noortje/ }));
    expect(screen.queryByTestId('choose-group')).toBeNull();
    await user.click(screen.getByRole('radio', { name: /Ties/ }));
    await user.type(screen.getByTestId('message-subject'), 'Zwemmen');
    await user.type(screen.getByTestId('message-text'), 'Gaan jullie nog?');
    await user.click(screen.getByTestId('send'));
    const groups = screen.getByTestId('choose-group');
    expect(groups).toHaveAccessibleName('Voor welke groep?');
    expect(groups).toHaveAccessibleDescription('Kies voor welke groep je bericht is.');
    await user.click(within(groups).getByRole('radio', { name: 'Vakantiegroep' }));
    await user.click(screen.getByTestId('send'));
    await waitFor(() => expect(outbox.unsent.at(-1)?.what).toMatchObject({ subject: 'Zwemmen' }));
    expect(outbox.unsent.at(-1)?.what).toMatchObject({ child: 't', group: 'Vakantiegroep' });
  });

  it('counts down when the subject gets long', async () => {
    await open('offline');
    render(NewMessage);
    expect(screen.queryByTestId('counter')).toBeNull();
    await fireEvent.input(screen.getByTestId('message-subject'), {
      target: { value: 'x'.repeat(119) },
    });
    expect(screen.getByTestId('counter')).toHaveTextContent('nog 1 teken');
    await fireEvent.input(screen.getByTestId('message-subject'), {
      target: { value: 'x'.repeat(122) },
    });
    expect(screen.getByTestId('counter')).toHaveTextContent('2 tekens te veel');
  });
});
