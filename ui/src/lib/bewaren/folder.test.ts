import type { SaveWhat, Settings } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture, trouble } from '$lib/bridge/fixture';
import DayHeading from '$lib/mijn-kind/DayHeading.svelte';
import More from '$lib/overig/More.svelte';
import { children } from '$lib/state/children.svelte';
import { saves } from '$lib/state/saves.svelte';
import { session } from '$lib/state/session.svelte';
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import SaveAllDialog from './SaveAllDialog.svelte';

const DEFAULT = '/home/sanne/Afbeeldingen/Schriftje';
const PICKED = '/media/usb/Foto’s';

async function host() {
  const host = fixture('family');
  const kept: Settings[] = [];
  const saved: { what: SaveWhat; folder: string | null }[] = [];
  const { setSettings, save } = host.commands;
  host.commands.setSettings = (settings) => {
    kept.push(settings);
    return setSettings(settings);
  };
  host.commands.save = (what, folder) => {
    saved.push({ what, folder });
    return save(what, folder);
  };
  host.commands.saveFor = (_, what, folder) => host.commands.save(what, folder);
  useTransport(host);
  await Promise.all([session.load(), children.load(), saves.load()]);
  return { host, kept, saved, user: userEvent.setup() };
}

const section = () => within(screen.getByTestId('folder'));
const day: SaveWhat = { what: 'day', day: '2026-03-14', children: [] };

describe('the folder that photos are saved to', () => {
  it('is chosen in Overig, and every save goes there from then on', async () => {
    const { kept, saved, user } = await host();
    render(More);
    expect(screen.getByTestId('photo-folder')).toHaveTextContent(DEFAULT);
    expect(section().queryByRole('button', { name: 'Standaardmap' })).toBeNull();
    await user.click(section().getByRole('button', { name: 'Andere map kiezen' }));
    expect(screen.getByTestId('photo-folder')).toHaveTextContent(PICKED);
    expect(kept.at(-1)?.folder).toBe(PICKED);
    render(DayHeading, { day: '2026-03-14', photos: 3, content: 'photos' });
    await user.click(screen.getByTestId('save-day'));
    expect(saved).toEqual([{ what: day, folder: PICKED }]);
  });

  it('can be the default again, which the keyboard is not lost over', async () => {
    const { kept, saved, user } = await host();
    await session.change({ folder: PICKED });
    render(More);
    await user.click(section().getByRole('button', { name: 'Standaardmap' }));
    expect(screen.getByTestId('photo-folder')).toHaveTextContent(DEFAULT);
    expect(section().getByRole('button', { name: 'Andere map kiezen' })).toHaveFocus();
    expect(kept.at(-1)?.folder).toBeNull();
    await saves.start(day, 'photos');
    expect(saved.at(-1)?.folder).toBeNull();
  });

  it('stays as it is when the parent picks none, and says so when none can be picked', async () => {
    const { host: app, kept, user } = await host();
    render(More);
    app.commands.pickFolder = () => Promise.resolve({ status: 'ok', data: null });
    await user.click(screen.getByTestId('folder-other'));
    expect(screen.getByTestId('photo-folder')).toHaveTextContent(DEFAULT);
    app.commands.pickFolder = () =>
      Promise.resolve({ status: 'error', error: trouble('internal') });
    await user.click(screen.getByTestId('folder-other'));
    expect(section().getByRole('alert')).toHaveTextContent('Er ging iets mis');
    expect(kept).toEqual([]);
  });

  it('picked at “Bewaar alles” is kept for later, but not when that is cancelled', async () => {
    const { kept, saved, user } = await host();
    const { rerender } = render(SaveAllDialog, { open: true });
    await user.click(await screen.findByTestId('pick-folder'));
    expect(screen.getByTestId('save-folder')).toHaveTextContent(PICKED);
    await user.click(screen.getByRole('button', { name: 'Annuleren' }));
    expect(kept).toEqual([]);

    await rerender({ open: true });
    expect(await screen.findByTestId('save-folder')).toHaveTextContent(DEFAULT);
    await user.click(screen.getByTestId('pick-folder'));
    await user.click(screen.getByTestId('save-all-start'));
    expect(saved.at(-1)?.folder).toBe(PICKED);
    await waitFor(() => expect(session.overview?.settings.folder).toBe(PICKED));
    await saves.start(day, 'photos');
    expect(saved.at(-1)?.folder).toBe(PICKED);
  });

  it('is the new one when a save is tried again that the old one could not take', async () => {
    const { host: app, saved } = await host();
    await session.change({ folder: '/read-only' });
    const id = (await saves.start(day, 'photos')) ?? 0;
    const jobs = await app.commands.saves();
    if (jobs.status === 'error') throw new Error('the fixture lists its saves');
    const failed = { state: 'failed' as const, trouble: trouble('folderNotWritable') };
    app.commands.saves = () =>
      Promise.resolve({ status: 'ok', data: jobs.data.map((job) => ({ ...job, ...failed })) });
    await saves.load();
    await session.change({ folder: PICKED });
    await saves.repeat(id);
    expect(saved.map(({ folder }) => folder)).toEqual(['/read-only', PICKED]);
  });
});
