import { useTransport } from '$lib/bridge';
import { fixture, type Fixture } from '$lib/bridge/fixture';
import { nurseryDay } from '$lib/language/days';
import { drafts } from '$lib/state/drafts.svelte';
import { dropping } from '$lib/state/dropping.svelte';
import { outbox } from '$lib/state/outbox.svelte';
import { start } from '$lib/state/start';
import { writing } from '$lib/state/writing.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import DropZone from '../schrijven/DropZone.svelte';
import DiaryEchoes from './DiaryEchoes.svelte';
import WriteDiary from './WriteDiary.svelte';

let host: Fixture;
let stop = () => {};

beforeEach(async () => {
  host = fixture('offline');
  useTransport(host);
  drafts.forget();
  outbox.forget();
  stop = await start();
  await waitFor(() => expect(writing.known).not.toBeNull());
});
afterEach(() => stop());

describe('writing in the diary', () => {
  it('is about several children, on today unless chosen, and stands on the timeline at once', async () => {
    render(WriteDiary);
    const user = userEvent.setup();
    for (const name of [/Noortje/, /Ties/]) await user.click(screen.getByRole('button', { name }));
    await user.type(screen.getByTestId('diary-text'), 'Samen gefietst');
    await user.click(screen.getByTestId('send'));
    await waitFor(() => expect(outbox.diary).toHaveLength(1));
    expect(outbox.diary[0]?.what).toMatchObject({ children: ['n', 't'] });
    cleanup();
    render(DiaryEchoes);
    const echo = screen.getByTestId('diary-echo');
    expect(echo).toHaveTextContent('Dagboek van Noortje en Ties');
    expect(echo).toHaveTextContent('Samen gefietst');
    expect(echo).toHaveTextContent('Wacht op verbinding');
  });

  it('leads to Berichten for whoever wants to ask something', () => {
    render(WriteDiary);
    const words = screen.getByTestId('diary-not-for-messages');
    expect(words).toHaveTextContent('niet bedoeld om berichten uit te wisselen');
    expect(screen.getByRole('link', { name: /Berichten/ })).toHaveAttribute('href', '/berichten');
  });

  it('sends no place along unless that is wanted', async () => {
    const save = vi.spyOn(host.commands, 'saveDraft');
    render(WriteDiary);
    const place = screen.getByRole('checkbox', { name: 'Locatie van foto’s meesturen' });
    expect(place).not.toBeChecked();
    await userEvent.setup().click(place);
    await waitFor(() => expect(save).toHaveBeenCalled());
    expect(save.mock.lastCall?.[0].keepPlace).toBe(true);
  });

  it('offers today to begin with', () => {
    render(WriteDiary);
    const day = Number(nurseryDay(new Date()).slice(8));
    expect(screen.getByTestId('diary-day')).toHaveTextContent(String(day));
  });

  it('shows where files can be let go, and takes them', async () => {
    render(WriteDiary);
    render(DropZone);
    host.dropped({ phase: 'over', files: 2 });
    expect(await screen.findByTestId('drop-zone')).toHaveTextContent('2 bestanden');
    host.dropped({ phase: 'dropped', files: 2 });
    expect(await screen.findByTestId('draft-file')).toBeVisible();
    expect(screen.queryByTestId('drop-zone')).toBeNull();
    cleanup();
    expect(dropping.target).toBeNull();
  });

  it('says why a file does not come along', async () => {
    host.commands.pickPictures = () =>
      Promise.resolve({
        status: 'ok',
        data: { files: [], rejected: [{ name: 'film.mov', why: 'tooLarge' }] },
      });
    render(WriteDiary);
    await userEvent.setup().click(screen.getByTestId('add-photos'));
    expect(await screen.findByTestId('rejected')).toHaveTextContent(
      'film.mov is te groot. Het ouderportaal neemt bestanden aan tot 105 MB.',
    );
  });
});
