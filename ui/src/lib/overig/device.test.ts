import { useTransport } from '$lib/bridge';
import { fixture, type Scene } from '$lib/bridge/fixture';
import HeldBack from '$lib/mijn-kind/HeldBack.svelte';
import { notice } from '$lib/state/notice.svelte';
import { start } from '$lib/state/start';
import { sync } from '$lib/state/sync.svelte';
import { cleanup, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import AppearanceSection from './AppearanceSection.svelte';
import NetworkSection from './NetworkSection.svelte';
import StorageSection from './StorageSection.svelte';

let stop = () => {};

/** What one test still asked for must not answer in the next. */
function end() {
  cleanup();
  stop();
  sync.forget();
}

afterEach(end);

async function begin(scene: Scene) {
  const host = fixture(scene);
  useTransport(host);
  stop = await start();
  await vi.waitFor(() => expect(sync.status).not.toBeNull());
  return host;
}

describe('photos kept for offline', () => {
  it('are bounded as the parent chooses, and say what they take now', async () => {
    const host = await begin('family');
    const set = vi.spyOn(host.commands, 'setSettings');
    render(StorageSection);
    expect(await screen.findByTestId('offline-used')).toHaveTextContent(
      'Nu 1,2 GB van hoogstens 5 GB.',
    );
    expect(screen.getByTestId('offline-5')).toBeChecked();
    await userEvent.click(screen.getByTestId('offline-20'));
    expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ offlineGigabytes: 20 }));
    await waitFor(() =>
      expect(screen.getByTestId('offline-used')).toHaveTextContent('van hoogstens 20 GB.'),
    );
  });

  it('of other accounts are counted beside those of the one in use', async () => {
    await begin('two-accounts');
    render(StorageSection);
    expect(await screen.findByTestId('storage-others')).toHaveTextContent('640 MB');
  });
});

describe('the cache', () => {
  it('is emptied after asking, and not when that is taken back', async () => {
    const host = await begin('family');
    const clear = vi.spyOn(host.commands, 'clearCache');
    render(StorageSection);
    await userEvent.click(await screen.findByTestId('clear-cache'));
    expect(await screen.findByTestId('clear-cache-ask')).toHaveTextContent(
      'Wat je schreef en nog niet verstuurd is',
    );
    await userEvent.click(screen.getByText('Annuleren'));
    expect(clear).not.toHaveBeenCalled();
    await waitFor(() => expect(document.body).not.toHaveStyle({ pointerEvents: 'none' }));
    await userEvent.click(screen.getByTestId('clear-cache'));
    await userEvent.click(await screen.findByTestId('clear-cache-ask-yes'));
    expect(clear).toHaveBeenCalledOnce();
  });

  it('can be left as it is while what the portal still shows is being looked at', async () => {
    const host = await begin('family');
    const stopped = vi.spyOn(host.commands, 'stopClearing');
    render(StorageSection);
    await userEvent.click(await screen.findByTestId('clear-cache'));
    await userEvent.click(await screen.findByTestId('clear-cache-ask-yes'));
    await vi.waitFor(() => sync.load().then(() => screen.getByTestId('clear-looking')));
    expect(screen.getByTestId('clear-looking')).toHaveTextContent('120 van ongeveer 312');
    await waitFor(() => expect(document.body).not.toHaveStyle({ pointerEvents: 'none' }));
    await userEvent.click(screen.getByTestId('clear-stop'));
    expect(stopped).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByTestId('clear-looking')).toBeNull());
    await waitFor(() => expect(notice.text).toBe('Gestopt. Er is niets weggehaald.'));
    expect(screen.queryByTestId('trouble')).toBeNull();
  });

  it('says why it is not emptied without a connection', async () => {
    await begin('offline');
    render(StorageSection);
    await userEvent.click(await screen.findByTestId('clear-cache'));
    await userEvent.click(await screen.findByTestId('clear-cache-ask-yes'));
    expect(await screen.findByTestId('trouble')).toHaveAttribute('data-code', 'offline');
  });

  it('of an archive cannot be emptied', async () => {
    await begin('ended');
    render(StorageSection);
    await screen.findByTestId('offline-used');
    expect(screen.queryByTestId('clear-cache')).toBeNull();
  });
});

describe('a metered network', () => {
  it('is named as far as the system tells of it', async () => {
    await begin('family');
    render(NetworkSection);
    expect(screen.getByTestId('metered')).toHaveTextContent('Je systeem zegt niet of');
    end();
    await begin('metered');
    render(NetworkSection);
    expect(screen.getByTestId('metered')).toHaveTextContent('dit netwerk heeft een datalimiet');
  });

  it('leaves older things for later, says so, and fetches them when the parent wants', async () => {
    const host = await begin('metered');
    const set = vi.spyOn(host.commands, 'setSettings');
    render(HeldBack);
    expect(screen.getByTestId('held-back')).toHaveTextContent('komt alleen het nieuwste binnen');
    await userEvent.click(screen.getByTestId('held-back-all'));
    await waitFor(() =>
      expect(set).toHaveBeenLastCalledWith(expect.objectContaining({ allOnMetered: true })),
    );
  });
});

it('stronger contrast holds at once', async () => {
  await begin('family');
  render(AppearanceSection);
  expect(document.documentElement.dataset.contrast).toBe('usual');
  await userEvent.click(screen.getByTestId('contrast'));
  await waitFor(() => expect(document.documentElement.dataset.contrast).toBe('more'));
});
