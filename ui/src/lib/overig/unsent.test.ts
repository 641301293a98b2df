import { goto } from '$app/navigation';
import { ask, useTransport } from '$lib/bridge';
import { fixture, trouble, type Fixture } from '$lib/bridge/fixture';
import { drafts } from '$lib/state/drafts.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import SignOutSection from './SignOutSection.svelte';

let host: Fixture;
let stop = () => {};
let signOut: ReturnType<typeof vi.spyOn>;

async function open(scene: 'outbox' | 'family') {
  host = fixture(scene);
  useTransport(host);
  stop = await start();
  signOut = vi.spyOn(host.commands, 'signOut');
  render(SignOutSection);
  await userEvent.setup().click(screen.getByTestId('sign-out'));
  return screen.findByTestId('sign-out-dialog');
}
beforeEach(() => vi.mocked(goto).mockClear());
afterEach(() => stop());

describe('signing out with something unsent', () => {
  it('lists it first, and throws nothing away unasked', async () => {
    const dialog = await open('outbox');
    expect(dialog).toHaveTextContent('Nog niet alles is verstuurd');
    expect(screen.getAllByTestId('unsent-item')).toHaveLength(4);
    expect(dialog).toHaveTextContent('Geweigerd door het ouderportaal');
    expect(signOut).not.toHaveBeenCalled();
  });

  it('lists what is half-written as well, to the last letter, and leads back to it', async () => {
    host = fixture('family');
    useTransport(host);
    drafts.forget();
    stop = await start();
    signOut = vi.spyOn(host.commands, 'signOut');
    const keeper = drafts.at({ place: 'diary' });
    await waitFor(() => expect(keeper.ready).toBe(true));
    await keeper.pick();
    keeper.change({ text: 'Vannacht droomde ze van olifanten' });
    render(SignOutSection);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('sign-out'));
    const dialog = await screen.findByTestId('sign-out-dialog');
    expect(screen.getByTestId('unsent-item')).toHaveTextContent(/Concept.*olifanten.*3 foto’s/);
    expect(dialog).toHaveTextContent('ben je het kwijt');
    await user.click(screen.getByTestId('unsent-send'));
    expect(goto).toHaveBeenLastCalledWith('/mijn-kind/dagboek');
    expect(signOut).not.toHaveBeenCalled();
  });

  it('says that photos and videos are thrown away with it', async () => {
    await open('outbox');
    expect(screen.getByTestId('unsent-files')).toHaveTextContent(
      'Ook 3 foto’s en video’s worden weggegooid: alleen de tekst kun je kopiëren.',
    );
  });

  it('can be sent first', async () => {
    await open('outbox');
    const switched = vi.spyOn(host.commands, 'switchAccount');
    await userEvent.setup().click(screen.getByTestId('unsent-send'));
    expect(goto).toHaveBeenLastCalledWith('/berichten');
    expect(switched).not.toHaveBeenCalled();
    expect(signOut).not.toHaveBeenCalled();
  });

  it('of another account than the one in use says whose it is, and leads there', async () => {
    host = fixture('two-accounts');
    const unsent = await ask(fixture('outbox').commands.unsent(null));
    const another = unsent.map((of) => ({ ...of, account: 'b' }));
    host.commands.unsent = () => Promise.resolve({ status: 'ok', data: another });
    useTransport(host);
    stop = await start();
    const switched = vi.spyOn(host.commands, 'switchAccount');
    render(SignOutSection);
    const user = userEvent.setup();
    await user.click(screen.getByTestId('sign-out-all'));
    await screen.findByTestId('sign-out-dialog');
    for (const item of screen.getAllByTestId('unsent-item'))
      expect(item).toHaveTextContent('Sanne Bakker');
    await user.click(screen.getByTestId('unsent-send'));
    await waitFor(() => expect(goto).toHaveBeenLastCalledWith('/berichten'));
    expect(switched).toHaveBeenCalledExactlyOnceWith('b');
    expect(session.account?.id).toBe('b');
  });

  it('can be copied out', async () => {
    await open('outbox');
    const copy = vi.spyOn(host.commands, 'copyText');
    await userEvent.setup().click(screen.getByTestId('unsent-copy'));
    expect(copy.mock.lastCall?.[0]).toContain('Samen pannenkoeken gebakken.');
    expect(copy.mock.lastCall?.[0]).toContain('Ophalen door oma');
  });

  it('can be thrown away, by name', async () => {
    await open('outbox');
    await userEvent.setup().click(screen.getByRole('button', { name: 'Weggooien en uitloggen' }));
    expect(signOut).toHaveBeenCalledWith('a', true);
  });

  it('discards nothing when there was nothing to list', async () => {
    await open('family');
    await userEvent.setup().click(screen.getByTestId('sign-out-confirm'));
    expect(signOut).toHaveBeenCalledWith('a', false);
  });

  it('lists what was written in the meantime', async () => {
    await open('family');
    host.commands.signOut = () => Promise.resolve({ status: 'error', error: trouble('unsent') });
    host.commands.unsent = fixture('outbox').commands.unsent;
    await userEvent.setup().click(screen.getByTestId('sign-out-confirm'));
    await waitFor(() => expect(screen.getAllByTestId('unsent-item')).toHaveLength(4));
  });
});
