import { useTransport } from '$lib/bridge';
import { fixture, type Fixture, type Scene } from '$lib/bridge/fixture';
import LockSection from '$lib/overig/LockSection.svelte';
import { lock, watchForParent } from '$lib/state/lock.svelte';
import { session } from '$lib/state/session.svelte';
import { start } from '$lib/state/start';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import LockScreen from './LockScreen.svelte';

let host: Fixture;
let stop = () => {};

async function open(scene: Scene) {
  host = fixture(scene);
  useTransport(host);
  await lock.load();
}

async function shut() {
  await open('locked');
  const onforgotten = vi.fn(() => Promise.resolve());
  render(LockScreen, { onforgotten });
  return { user: userEvent.setup(), onforgotten };
}

beforeEach(() => {
  stop = () => {};
});

afterEach(() => {
  cleanup();
  stop();
  vi.useRealTimers();
});

it('opens with the PIN alone, and says when it was another', async () => {
  const { user } = await shut();
  await user.keyboard('9x9 99{Enter}');
  expect(await screen.findByText('Die pincode klopt niet.')).toBeVisible();
  expect(screen.getByTestId('pin')).toHaveValue('');
  expect(lock.locked).toBe(true);
  await user.keyboard('4711{Enter}');
  await waitFor(() => expect(lock.locked).toBe(false));
});

it('lets nothing be printed that it covers, until it opens', async () => {
  // jsdom has no paper: what is said of it is tried on the screen.
  const paper = document.createElement('style');
  paper.textContent = readFileSync('src/lib/parts/print.css', 'utf8').replace(
    '@media print',
    '@media screen',
  );
  document.head.append(paper);
  const page = document.createElement('p');
  document.body.append(page);
  expect(page).toBeVisible();
  await shut();
  expect(page).not.toBeVisible();
  cleanup();
  expect(page).toBeVisible();
  paper.remove();
  page.remove();
});

it('says when it is to be seen, so that the device need not sleep before that', async () => {
  await open('locked');
  const shown = vi.spyOn(host.commands, 'lockIsShown');
  render(LockScreen, { onforgotten: () => Promise.resolve() });
  expect(shown).not.toHaveBeenCalled();
  await waitFor(() => expect(shown).toHaveBeenCalledOnce());
});

it('cannot be waved away', async () => {
  await shut();
  const door = screen.getByTestId<HTMLDialogElement>('lock-screen');
  expect(await fireEvent(door, new Event('cancel', { cancelable: true }))).toBe(false);
  door.open = false;
  await fireEvent(door, new Event('close'));
  expect(door.open).toBe(true);
});

it('has one wait after too many tries, counts it down, and asks nothing meanwhile', async () => {
  const { user } = await shut();
  const unlock = vi.spyOn(host.commands, 'unlock');
  for (let n = 0; n < 5; n += 1) {
    await user.keyboard('9999{Enter}');
    await waitFor(() => expect(screen.getByTestId('pin')).toHaveValue(''));
  }
  expect(await screen.findByText(/^Te vaak geprobeerd\. Wacht nog \d+ seconden?\.$/)).toBeVisible();
  await user.keyboard('4711{Enter}');
  expect(unlock).toHaveBeenCalledTimes(5);
});

it('says what a forgotten PIN costs before it costs it', async () => {
  const { user, onforgotten } = await shut();
  const forget = vi.spyOn(host.commands, 'forgetPin');
  await user.click(screen.getByTestId('pin-forgotten'));
  expect(screen.getByText(/nog niet verstuurd is, gaat verloren/)).toBeVisible();
  expect(forget).not.toHaveBeenCalled();
  await user.click(screen.getByTestId('pin-forgotten-yes'));
  await waitFor(() => expect(onforgotten).toHaveBeenCalledOnce());
  expect(lock.state.set).toBe(false);
});

it('is switched on with a PIN typed twice that is not tried first', async () => {
  await open('family');
  stop = await start();
  render(LockSection);
  const user = userEvent.setup();
  await user.click(screen.getByTestId('lock-switch'));
  expect(screen.getByTestId('pin-new')).toHaveFocus();
  await user.type(screen.getByTestId('pin-new'), '1234');
  await user.type(screen.getByTestId('pin-again'), '1243');
  await user.click(screen.getByTestId('pin-save'));
  expect(screen.getByText('Dit is niet twee keer dezelfde pincode.')).toBeVisible();
  await user.clear(screen.getByTestId('pin-again'));
  await user.type(screen.getByTestId('pin-again'), '1234');
  await user.click(screen.getByTestId('pin-save'));
  expect(await screen.findByText('Die pincode is te makkelijk te raden.')).toBeVisible();
  for (const field of ['pin-new', 'pin-again']) {
    await user.clear(screen.getByTestId(field));
    await user.type(screen.getByTestId(field), '8520');
  }
  await user.click(screen.getByTestId('pin-save'));
  await waitFor(() => expect(screen.getByTestId('lock-switch')).toBeChecked());
  await waitFor(() => expect(document.body).not.toHaveStyle({ pointerEvents: 'none' }));
  await user.click(screen.getByTestId('lock-now'));
  await waitFor(() => expect(lock.locked).toBe(true));
});

it('is switched off with the PIN', async () => {
  await open('locked');
  await lock.unlock('4711');
  stop = await start();
  render(LockSection);
  const user = userEvent.setup();
  await user.click(screen.getByTestId('lock-switch'));
  await user.type(await screen.findByTestId('pin-current'), '9999');
  await user.click(screen.getByTestId('pin-save'));
  expect(await screen.findByText('Die pincode klopt niet.')).toBeVisible();
  expect(screen.getByTestId('lock-switch')).toBeChecked();
  await user.clear(screen.getByTestId('pin-current'));
  await user.type(screen.getByTestId('pin-current'), '4711');
  await user.click(screen.getByTestId('pin-save'));
  await waitFor(() => expect(screen.getByTestId('lock-switch')).not.toBeChecked());
});

it('keeps the page it covers, also when that is read while it is shut', async () => {
  await open('family');
  stop = await start();
  await lock.choose(null, '8520');
  const before = session.account;
  vi.spyOn(host.commands, 'overview').mockResolvedValue({
    status: 'error',
    error: {
      code: 'locked',
      message: 'locked',
      retryable: false,
      portalSays: null,
      blockedUntil: null,
    },
  });
  await session.load();
  expect(session.trouble).toBeNull();
  expect(session.account).toEqual(before);
});

it('hears that the parent is here, now and then and only where there is a PIN', async () => {
  await open('family');
  const here = vi.spyOn(host.commands, 'parentIsHere');
  stop = watchForParent();
  await fireEvent.keyDown(document.body, { key: 'a' });
  expect(here).not.toHaveBeenCalled();
  await lock.choose(null, '8520');
  await fireEvent.keyDown(document.body, { key: 'a' });
  await fireEvent.pointerMove(document.body);
  expect(here).toHaveBeenCalledOnce();
});
