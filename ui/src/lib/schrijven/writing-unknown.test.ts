import NewMessage from '$lib/berichten/NewMessage.svelte';
import ConversationView from '$lib/berichten/ConversationView.svelte';
import { useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture } from '$lib/bridge/fixture';
import WriteDiary from '$lib/mijn-kind/WriteDiary.svelte';
import { drafts } from '$lib/state/drafts.svelte';
import { start } from '$lib/state/start';
import { writing } from '$lib/state/writing.svelte';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let host: Fixture;
let answer: () => void;
let stop = () => {};

beforeEach(async () => {
  host = fixture('plain');
  const { writing: told } = host.commands;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  host.commands.writing = () => asked.then(told);
  useTransport(host);
  drafts.forget();
  writing.forget();
  stop = await start();
});
afterEach(() => stop());

const form = () =>
  screen.queryByTestId('message-text') ??
  screen.queryByTestId('diary-text') ??
  screen.queryByTestId('reply-text');

describe('where nobody can write, no form is shown, also not before that is known', () => {
  it.each([
    ['a message', () => render(NewMessage)],
    ['the diary', () => render(WriteDiary)],
    ['an answer', () => render(ConversationView, { id: 'c-fiets' })],
  ])('%s', async (_, show) => {
    show();
    expect(await screen.findByTestId('writing-unknown')).toHaveTextContent('Laden');
    expect(form()).toBeNull();
    answer();
    expect(await screen.findByTestId('no-writing')).toBeVisible();
    expect(form()).toBeNull();
  });
});

it('says so when it cannot be found out, and asks again', async () => {
  let fails = true;
  const { writing: told } = fixture('family').commands;
  host.commands.writing = () =>
    fails ? Promise.resolve({ status: 'error', error: trouble('databaseDamaged') }) : told();
  writing.forget();
  await writing.load();
  render(NewMessage);
  fails = false;
  await userEvent.setup().click(screen.getByRole('button', { name: 'Opnieuw proberen' }));
  expect(await screen.findByTestId('message-text')).toBeVisible();
});
